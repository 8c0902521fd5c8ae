"""What is asked of a matter besides who acted: whether it is in force, how it went, what belongs to it, which units owe what."""
