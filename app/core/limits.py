"""How much of everything is read before the program says stop. What exceeds a limit is a LimitError, never a hang."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds per file and per package. Bytes, pages, seconds, counts."""

    file_bytes: int = 400 * 1024 * 1024
    pages: int = 20_000
    characters: int = 60_000_000
    package_files: int = 5_000
    package_depth: int = 8
    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    compression_ratio: int = 200
    cells: int = 2_000_000
    empty_rows: int = 2_000
    blocks: int = 1_500_000
    seconds_per_file: float = 300.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024
    message_bytes: int = 512 * 1024 * 1024


DEFAULT_LIMITS = Limits()
