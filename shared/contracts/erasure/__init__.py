"""Erasing what is known of somebody, or locking it away: said the same in every service."""
