"""What the clues service answers: queries over its read models, and opened records."""
