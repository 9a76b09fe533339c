"""The small parts that pages are made of.

Import from the modules: `text`, `surfaces`, `buttons`, `notices`, `flow`, `editors`.
"""
