"""Arithmetic on what was gathered from records: sums, rates, ranks, checks. Pure functions; no desk, no words of the
window. What is missing stays missing: no function turns a blank into 0.
"""
