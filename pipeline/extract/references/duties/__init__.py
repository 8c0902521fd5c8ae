"""What the letter lays on whom: deadlines, assignments, and the bodies that are told to act."""
