"""The checklist page: the list of what is asked for, what is known of each item, and the lines that nothing was made of."""
