"""Proof that what a page draws is what HarfBuzz says and what it lets copy is what was typed.

Nothing here asks the typesetting engine how it builds fonts: `page` reads a finished file as a viewer does, `outlines`
shapes the same text anew from the font files as they ship, `shapes` lays one over the other point by point, `rasters`
dot by dot, `copying` compares what poppler, pdfium and pypdf copy. `corpus` has the texts. The whole of it:
`python -m tests.printing.verify`.
"""
