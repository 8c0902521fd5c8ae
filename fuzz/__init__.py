"""Files and texts that nobody meant to write, thrown at the reader: `make fuzz`, or `python -m fuzz --files N --texts N`."""
