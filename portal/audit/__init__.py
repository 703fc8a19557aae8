"""The log of who did what and when to rights, visibility and publication: written once, never changed."""
