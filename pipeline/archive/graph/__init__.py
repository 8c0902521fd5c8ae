"""Who cites whom, kept true: targets, copies and inferred numbers are settled for whatever arrives or changes, and parts of the graph
are read without reading all of it.

After each transaction the archive is as if all its letters had come at once, in whatever order they came.
"""
