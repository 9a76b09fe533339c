"""The typesetting engine: Khmer shaped, broken into lines, laid out in paragraphs, tables and pages, written as PDF.

It knows nothing of forms. The way of a text: `shaping` (clusters) → `typeface` (which font draws which) → `paragraph`,
`table`, `chart` (blocks) → `flow` (pages) → `canvas` (strokes) → `pdffont`, `clusterfont` (the fonts of one file).
"""
