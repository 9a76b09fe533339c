"""Official paper: forms set in Khmer as PDF files. The only place with ReportLab; blind to the store.

Import a form when it is needed (`from cpdesk.printing.minutes import minutes`): this package itself imports
nothing, so that the program starts without ReportLab and HarfBuzz.
"""
