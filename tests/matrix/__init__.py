"""The canary matrix: every role, kind of object and route; docs/security-matrix.md says how to add a row."""
