"""Loads the demo's position papers, by the same way as an editor's upload."""


def load_papers(ledger, papers, *, by) -> None:
    """Wait for the importer."""
