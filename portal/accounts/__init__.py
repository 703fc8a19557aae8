"""Who signs in: people, their municipality and the state of their account."""
