"""One module per page or task."""
