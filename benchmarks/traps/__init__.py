"""A world of traps: invented letters, what is right of them by hand from the record, and how much of it an archive says."""
