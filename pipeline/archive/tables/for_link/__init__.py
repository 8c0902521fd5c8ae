"""Letters as link asks for them: in short, by number, serial and day, and which are copies"""
