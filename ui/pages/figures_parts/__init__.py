"""The parts of the page of figures: the sheet's model, what stands beside it, its dialogs."""
