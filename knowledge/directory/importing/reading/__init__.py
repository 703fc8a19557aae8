"""Reads tables that people bring, without Django: in a process of its own, because formats have faults."""
