"""Processes that we start: isolated from the folder that a person works in, confined by the kernel, bounded."""
