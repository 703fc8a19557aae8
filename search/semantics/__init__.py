"""Meaning: what reads alike without sharing a word; an extra beside the search by words, off by default."""
