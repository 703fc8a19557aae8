"""The vocabulary as it is shipped: fields of action, topics and the terms of the transition from school to work."""
