"""The portal's part of the published language: who may sign in, and in which role they act."""
