"""The pages on a matter besides who acted: whether it is in force and how it went, documents by state, and a province's units."""
