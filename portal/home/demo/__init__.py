"""The demo: fictional municipalities, papers, pages and accounts, and how they are loaded without undoing anything."""
