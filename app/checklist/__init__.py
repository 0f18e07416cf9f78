"""Points of several documents to one checklist: identities, merged repetitions, the tender's facts. Opens no file."""
