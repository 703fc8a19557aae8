"""The commands of the places."""
