"""How the letter stands to what it cites: clauses read by cue, place and direction, then merged to a reference a document and relation."""
