"""The list on paper: black on white, with what the user has made of it."""
