"""Marks of secrecy on invented sheets, by kind, ink, place and source of the pixels, and sheets without: `python -m benchmarks.secrecy`"""
