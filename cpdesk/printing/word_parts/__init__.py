"""What a Word file of ours is made of: text and tables as WordprocessingML, styles, fonts, the archive."""
