"""The secrecy annex (begäran om sekretess) as files: Word to edit, PDF to sign, text for a portal's field, Excel, JSON.

Writers take an `Annex`: words only, put together in its own language by `workflow.annex`. A writer raises OutputError and nothing
else. The secret text is in an annex only where the user asked for it: an `AnnexRow` has it in `quotes`, and nowhere else.
"""

from __future__ import annotations

__all__: list[str] = []
