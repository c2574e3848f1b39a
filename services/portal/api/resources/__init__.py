"""What can be read and written through the API, one table a service."""
