"""Originals read anew: which are left, what the new reading changes, and what must wait for a person's word.

What people put right, filed or numbered survives; a value that was sure and is read otherwise now is asked about, and no letter on which
people's work hangs is taken away or parted without a word.
"""
