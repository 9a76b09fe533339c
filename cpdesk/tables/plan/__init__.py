"""A plan's matrix recognised in somebody's sheet: `headings` knows the words, `layout` finds the head and what each
column means, `lines` goes down the rows, `values` reads what a cell says. Pure: no desk, no names looked up.
"""
