"""The rules of the review: what can cost the bid, and what is worth another look, each with a stable id.

A rule is a small function from the inputs, or from one file of the bid and the inputs, to findings. Patterns, words and limits
are data in `resources/rules/review.toml`; the words that users read are in the message files, under `review` and the rule's id.
"""
