"""Position papers: a stand taken, by whom, as of which day, superseded by what."""
