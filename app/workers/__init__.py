"""Long or dangerous work in child processes, and a serial twin for tests. Knows what can go wrong with a process, not with a document."""
