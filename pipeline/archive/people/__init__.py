"""What people say: fields and citations put right, matters closed. Kept apart from the reading, in the history, and put upon it
again when a file is read anew.
"""
