"""Stage 10, serve: people use it. The command line `congvan`; every command is thin and calls the Office that `pipeline.open` gives."""
