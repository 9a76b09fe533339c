"""The frame around the pages: sidebar, top bar, status line."""
