"""German dates and times."""
