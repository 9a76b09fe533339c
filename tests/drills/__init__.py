"""What the manual says for the bad days, done as it says and timed: `python -m tests.drills [NAME…]`.

A drill knows nothing but a topic of the manual. It takes the topic's numbered steps one after the other, by commands or
by keys in the real window, and ends with a look whether the desk is as it was promised. A step that the manual has and
no drill takes fails, and so does one that the manual no longer has.

The seconds are the machine's: no person was timed.
"""
