"""The signature block read again: office and name under seal and pen, stamped in red or in a script face, or pasted in as a picture."""
