"""What the archive knows of signers, issuers and symbols: it confirms a reading in doubt, mends it, or proposes another.

attestations.py  what one letter's reading tells of who issued and signed it
knowledge.py     what several letters tell alike: the known
judging.py       a reading held against the known
vouching.py      what is known, put upon a reading
confirming.py    the step: whatever changed, and whoever's readings that touches
"""
