"""The parts of the page of one meeting, each a card of its own."""
