"""Answers into the buyer's forms, and what colleagues filled in back into the list: always compared before it is taken in."""
