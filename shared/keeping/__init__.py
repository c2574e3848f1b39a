"""What services keep of the registry, and their figures: one room, since each keeps it alike."""
