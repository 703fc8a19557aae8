"""The self-service: an organisation keeps its own entry, in guided steps, outside the editing interface."""
