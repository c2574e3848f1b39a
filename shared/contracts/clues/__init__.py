"""The clues service's part of the published language."""
