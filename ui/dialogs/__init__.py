"""Dialogs: short questions in front of the window. All stand on `Dialog` (`base.py`)."""
