"""Measuring the search: how well it ranks on an outside collection, how fast it is on a large one."""
