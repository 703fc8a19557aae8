"""One module per task of those who keep an entry."""
