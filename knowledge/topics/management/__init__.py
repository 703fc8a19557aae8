"""The commands of the topics."""
