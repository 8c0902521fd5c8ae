"""Bodies: whose document a citation names, where such a name ends in running text, and which body is meant by it."""
