"""Which words follow one another: counted in the texts of laws and in subjects of a public registry."""
