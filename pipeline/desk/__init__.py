"""Stage 10, desk: the web desk, where archivists work all day. At serve's level; it calls office and archive, never the command line."""
