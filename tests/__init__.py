"""The tests mirror the rooms; their names are sentences."""
