"""The parts of the page on official papers."""
