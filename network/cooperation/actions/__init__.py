"""What happens between the two sides, one module for each thing that it happens to."""
