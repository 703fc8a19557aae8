"""The search of the editing interface: reads the index and the database, and keeps nothing of its own (ADR 0010)."""
