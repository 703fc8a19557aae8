"""Template tags of the shared ground."""
