"""Reactions: an event, here or in another service, leads to a command of this service, once."""
