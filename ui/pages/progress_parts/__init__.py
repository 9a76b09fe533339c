"""The parts of the page on progress, and of the one page for the meeting room."""
