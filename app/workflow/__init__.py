"""The use cases: the one place that composes readers, extraction and checklist. Answers with data, never with words."""
