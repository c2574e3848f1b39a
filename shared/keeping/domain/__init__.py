"""Pure: a known point, and the settings that every decision goes by."""
