"""Proofs that the search survives: processes killed, servers stopped, paused and lost while changes are written.

Each is a command that prints a line a scenario and ends with 1 when a search failed or a change was lost:
`python -m tests.chaos.outages`, `python -m tests.chaos.kills --rounds 100`, `python -m tests.chaos.lost_node`.
They run on SQLite in a temporary folder, or on PostgreSQL with `python -m tests.postgres` in front.
"""
