"""Cards and packages: how changes travel between offices on a stick. `FORMAT.md` specifies both for strangers.

Nothing here knows where changes are kept; the store hands them in and takes them out. The only place with ciphers.
"""
