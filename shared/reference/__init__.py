"""Public reference data: credit codes, divisions, industries, enterprise sizes.

Pure and of the standard library only; codes are plain strings, the words of
`shared.contracts.registry.vocabulary`, so that its enumerations can be passed as they are.
"""
