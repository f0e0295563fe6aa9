"""Plays: a profile in use, through the engine and an embedded Zoom in this process, and what was seen of it.

What a hook answers is judged question by question; what only shows when a product is used (letters, meetings at Zoom,
what stays after somebody leaves) is judged by contracts that look at a play. Each story is played once a product and
looked at by many contracts::

    life = lived(product)
    assert life.at("moved").meeting_of("design") == ...
"""
