"""The registry's rules, pure: `decide(state, command, context)` gives events, `evolve` folds them.

Each aggregate declares one table, `TRANSITIONS`, from (status, command type) to the decision.
What is not in the table is refused; nothing else refuses by status.
"""
