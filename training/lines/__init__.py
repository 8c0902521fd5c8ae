"""The reader of printed lines: texts drawn as offices print and scanners spoil them, the network, its training and its measures."""
