"""The assessment service's part of the published language."""
