"""The page Underlag: the procurement's documents, how reading them goes, and what they say of the tender itself."""
