"""Accounts and roles, pure: `decide(state, command, context)` gives events, `evolve` folds them."""
