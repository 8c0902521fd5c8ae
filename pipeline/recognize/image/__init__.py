"""Pixels made ready to be read: the paper levelled, the sheet straightened, inks told apart, stamped frames found."""
