"""Which body issued: the names that the tables know, and the body that a header's block names."""
