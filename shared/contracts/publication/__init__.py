"""The published language as documents for others, and what holds them to their word.

From the types in `shared.contracts` come JSON Schemas (2020-12) and an AsyncAPI 3.0 document,
written to docs/contracts; nothing in there is written by hand. Beside them stands
released.json: what was released once, and what no later change may break.
"""
