"""The rules of the house as tests: whoever breaks one reads a sentence that says which."""
