"""Searches that people keep: watched for what is new, told by e-mail and by a private feed, as their owner may read."""
