"""The pages of the bureau's work, and of those who watch it."""
