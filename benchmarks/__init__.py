"""Speed and accuracy, against named peers, each by one command; `make bench` scores the whole way of a file."""
