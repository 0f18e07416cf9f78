"""Bid files with a secret in sight, and the places where a file can hide the same secret. Each place is a change of a whole file,
so that it can be made to an original (a masker must find it) and to a masked copy (a leak test must)."""
