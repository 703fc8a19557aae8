"""The pages on who may what and why, and those by which people join."""
