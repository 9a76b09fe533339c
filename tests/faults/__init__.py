"""Kills and failing disks at every file operation of what must not tear."""
