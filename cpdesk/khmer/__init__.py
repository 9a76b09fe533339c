"""What Khmer asks of a program: digits, dates, the lunar calendar, line breaks, alphabetical order, one
spelling to compare by.

Pure functions over strings and dates. Nothing here knows records, files or windows; only the current
language is asked for.
"""
