"""Staying true: the yearly question, reminders, what rests and what is put away."""
