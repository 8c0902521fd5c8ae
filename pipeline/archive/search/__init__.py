"""Letters found again: what was typed is read as a number or as words, answers come best first and page by page.

What an answer costs is bounded by the page asked for, not by how many letters are held. The index of words can be lost and is built anew.
"""
