"""Working groups: who belongs to them is a role of a person."""
