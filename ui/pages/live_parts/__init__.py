"""Parts of the page for the time during which people speak."""
