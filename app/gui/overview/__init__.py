"""The overview: every tender by urgency, and the first steps when there is none."""
