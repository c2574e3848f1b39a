"""How fast the log is, beside its peers and beside the limit; `make bench` runs all of it."""
