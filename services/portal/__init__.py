"""The portal: the HTTP edge, and the accounts and roles of those who use it."""
