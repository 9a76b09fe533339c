"""The parts of the settings, a card each."""
