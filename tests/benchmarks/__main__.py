"""`python -m tests.benchmarks`."""

from tests.benchmarks.bench import main

main()
