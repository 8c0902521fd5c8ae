"""The reader of digits by hand: lines drawn as hands write them, the network, its training and its measures."""
