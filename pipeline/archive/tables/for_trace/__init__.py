"""What is kept for a trace: how instructions stand in a province, and which letters changed since"""
