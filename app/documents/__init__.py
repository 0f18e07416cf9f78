"""Bytes to Document: one reader per format behind one protocol. Judges nothing, writes nothing, follows no link."""
