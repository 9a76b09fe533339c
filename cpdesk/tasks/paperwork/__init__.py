"""How the office's papers look, what was changed by hand on one of them, and the numbers of its letters.

What a line of a paper says is looked for in this order: the document's own override, the office's template, what an
office above shares, what ships with the program.
"""
