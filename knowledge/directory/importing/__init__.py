"""Takes over lists of organisations that municipalities keep elsewhere: read, understood, compared, decided, undone."""
