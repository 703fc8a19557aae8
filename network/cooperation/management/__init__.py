"""Commands of cooperation."""
