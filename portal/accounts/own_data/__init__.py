"""What the portal holds about a person: shown to them, handed out, and forgotten when they go."""
