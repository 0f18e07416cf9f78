"""The page Granskning: red, amber and green, each row a jump to its cause."""
