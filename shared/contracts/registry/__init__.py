"""The registry's part of the published language: who becomes a contact point, for how long."""
