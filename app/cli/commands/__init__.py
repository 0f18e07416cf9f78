"""The commands, a module each: `declare` says what may be typed after its name, and its order carries it out.

A module here imports nothing heavy at its top: all of them are looked at before the first word of the user is understood.
"""

from __future__ import annotations

__all__ = ["COMMANDS", "READING"]

COMMANDS = ("check", "review", "fill", "package", "annex", "mask", "suggest")
"""Every name has a module of its own here, which `app.cli.arguments` imports."""

READING = ("check", "review", "package", "suggest")
"""Those that read foreign files. The child that does it needs long to get ready, so it is started before anything else."""
