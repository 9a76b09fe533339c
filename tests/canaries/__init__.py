"""Words that nobody else would type, put everywhere; and a nose that looks for them in whatever lies on the disk."""
