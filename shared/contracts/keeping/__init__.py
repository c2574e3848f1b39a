"""What every service keeps that listens to the registry: its points, its days, its own figures."""
