"""Long or dangerous work in child processes, and a serial twin for tests. Knows processes, not documents."""

MEMORY_STATUS = 86
"""Exit status of a child that found itself too large."""
