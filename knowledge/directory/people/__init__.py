"""Persons in the directory: contacts and experts, and what they agreed to."""
