"""The directory in the terms of the Human Services Data Specification 3.0, for other directories and programs."""
