"""Engines that read pixels into words with boxes, the lines made of them, and how far a reading can be trusted."""
