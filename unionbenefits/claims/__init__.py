"""Claims: from a hospital bill to a decision and money."""
