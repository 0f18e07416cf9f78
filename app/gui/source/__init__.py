"""The document beside the list: pages as they look, with what was found marked on them. Foreign files are opened by a child."""
