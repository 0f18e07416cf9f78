"""Long or dangerous work in child processes, and a serial twin for tests. Knows processes, not documents."""
