"""Tables as other programs have them: Excel workbooks and CSV in and out. The only place that knows those formats.

Nothing in here knows a desk: `read` gives sheets of values, `matrix` recognises a plan in one, `write` makes files.
"""
