"""Where letters lie: the tables and the steps by which they came to be, the database, the letters as link asks for them, the ledger of
files, the chained history, the originals.

A transaction is kept whole or not at all; what was reported as stored survives a power cut. Nothing here knows what a question means.
"""
