"""The letter's own words as one text: paragraphs and sentences with their offsets, and the fold that patterns are matched on."""
