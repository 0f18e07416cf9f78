"""The page Underlag: the procurement's documents, how reading them goes, and what they say of the tender itself."""

from app.gui.underlag.page import UnderlagPage
from app.gui.underlag.rows import Again

__all__ = ["Again", "UnderlagPage"]
