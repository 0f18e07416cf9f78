"""One module per version of the schema, named by its revision. What was released is never changed."""
