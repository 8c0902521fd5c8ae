"""Answers on a matter: whether it is in force, how it went, what belongs to it, which units owe what."""
