"""The parts of the view of differences: its words, a text with its changes marked, the choice, the lists."""
