"""What a PDF page holds: its text layer, whatever its encoding, and the pixels that lie on it."""
