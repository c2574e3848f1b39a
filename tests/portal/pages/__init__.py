"""The pages that everybody sees, and what all pages are made of."""
