"""The command line as scripts and provincial staff meet it."""
