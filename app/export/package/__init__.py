"""The package that goes up to the portal: what is in it and in which order, its names, its folder and ZIP, its run sheet.

Nothing here decides: what is odd is said as findings of a review, and whoever calls decides whether to go on.
"""

from __future__ import annotations

__all__: list[str] = []
