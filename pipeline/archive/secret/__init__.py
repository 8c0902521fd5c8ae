"""Letters that bear a mark of secrecy: a register line stays, all else goes; the original is left or moved to a locked folder.

After a quarantine no byte of the letter is in the archive, its index, its log, its history, or any backup or export made after it.
"""
