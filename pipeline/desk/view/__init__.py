"""Things as a screen shows them: a letter's fields and text, a page's picture, the graph's."""
