"""How the registry answers queries from its read models: who may see which row, and how much."""
