"""Reads position papers: from the bytes of a file to a recognised document, without Django."""
