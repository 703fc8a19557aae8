"""What the editors learn from searches, without learning anything about those who search."""
