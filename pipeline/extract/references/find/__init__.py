"""Where documents are cited: by number, by a law's name and day, by a short name given before, or by words that stand for them."""
