"""What templates of the search may ask of saved searches."""
