"""Document to points: sections, answer slots, sentences, cues, facts. Never opens a file of the user's."""
