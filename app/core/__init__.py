"""The nouns that every room shares: documents, points, checklist items, tenders, errors and limits.

Imports nothing of the other rooms and nothing outside the standard library.
"""
