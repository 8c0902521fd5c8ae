"""How the archive's tables came to be, a step a file: run when an archive is opened."""
