"""Commands of the search by meaning."""
