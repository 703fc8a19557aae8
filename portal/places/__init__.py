"""Where it happens: municipalities by their official key, and their departments."""
