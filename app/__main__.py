"""Where the program starts. Imports nothing heavy: a child process comes this way too when the program is frozen."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, or be a child process of it."""
    try:
        if sys.argv[1:2] == ["--worker-process"]:
            from app.workers.child import main as serve

            serve()
        else:
            from app.cli.main import main as run

            sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # before the command line could take it
        sys.exit(130)


if __name__ == "__main__":
    main()
