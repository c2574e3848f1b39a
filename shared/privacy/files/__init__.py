"""Evidence files: kept encrypted a chunk at a time under their subject, checked by content."""
