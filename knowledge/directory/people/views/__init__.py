"""The pages about persons in the directory: consent by link, the register, one's own entry, requests."""
