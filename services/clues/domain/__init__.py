"""The rules of clues and opinions, pure: `decide(state, command, context)` and `evolve`.

Each aggregate declares one table, `TRANSITIONS`, from (status, command type) to the decision.
"""
