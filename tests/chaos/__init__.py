"""The kill campaign: real processes killed and frozen under load, and what must hold after each."""
