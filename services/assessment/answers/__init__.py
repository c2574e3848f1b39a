"""What the assessment service answers."""
