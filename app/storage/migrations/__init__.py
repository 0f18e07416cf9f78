"""How the schema came to be, version by version. Run from `migrating`, never by hand."""
