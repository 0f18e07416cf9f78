"""Reasoning about secrecy in the bidder's own files: grounds, strength of a claim, finders, anchors, masking. No Qt, no words."""
