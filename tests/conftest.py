"""What holds: the folders mirror the house; each test asserts what a reader could have said beforehand."""
