"""Persons: what a name looks like, what misreadings of it stand for, and the offices that persons hold."""
