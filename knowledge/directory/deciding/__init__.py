"""What editors decide and look after in the directory, in the editing interface."""
