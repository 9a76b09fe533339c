"""How fast, as ratios: each job beside its limit or a peer, in turns, in one run. `python -m tests.bench [NAME…]`.

The machine may be busy with other things; medians of alternating rounds keep both sides equally disturbed. Nothing here
is a test: no time ever fails one.
"""
