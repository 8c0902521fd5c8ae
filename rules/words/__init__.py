"""Words of written Vietnamese: what a syllable is, which follow one another, and what a misread tone mark must have been."""
