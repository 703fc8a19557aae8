"""Networks and their members: who is named as one is told, and may object without an account."""
