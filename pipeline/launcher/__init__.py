"""The one way in which we start other processes: isolated from the folder that a person works in and from his environment, confined
by the kernel, bounded, ended with us, their own folder gone with them.

process.python(target, …), process.program(name, …) -> Child
"""
