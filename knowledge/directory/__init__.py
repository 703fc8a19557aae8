"""Who can help: organisations of migrants and other partners."""
