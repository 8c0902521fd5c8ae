"""Places: provinces by name, variant, seat and day, and the groups of addressees that stand for them."""
