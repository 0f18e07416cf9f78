"""The page Paket: what goes up to the portal, in its order, and what to do there step by step."""
