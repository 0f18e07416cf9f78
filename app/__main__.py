"""Where the program starts. Imports nothing heavy: a child process comes this way too."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or be a child process of it."""
    if "--worker-process" in sys.argv[1:2]:
        from app.workers.child import main as serve

        serve()
    else:
        from app.cli.main import main as run

        sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
