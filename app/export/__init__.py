"""The checklist as files: JSON for programs, Excel to work in, Word and HTML to read and print.

Every writer has the same form: `write_…(checklist, target, language, describe)`. `describe` puts a finding in words; all other
words of an exported document belong to its template, `resources/templates/export.<language>.toml`. A writer raises
OutputError and nothing else, keeps nothing on disk but what it writes to `target`, and never changes the checklist.
"""

from __future__ import annotations

__all__: list[str] = []
