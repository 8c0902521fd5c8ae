"""The web desk: where archivists work all day. At serve's level; it calls the office and the archive, never the command line."""
