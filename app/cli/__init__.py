"""The command line: a thin front that turns arguments into a use case, and codes into words."""
