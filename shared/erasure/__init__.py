"""Erasing what is known of somebody, in every service that holds personal data."""
