"""Seed and invented letters as sheets, each with its expected record; `python -m samples.make` typesets them anew."""
