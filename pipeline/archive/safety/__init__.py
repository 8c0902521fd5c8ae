"""That nothing is lost: backups and what is restored of them, whole or not at all, and a check of all that the archive holds."""
