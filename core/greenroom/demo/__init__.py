"""The demonstration: each profile's own walkthrough, a shipped panel, and a judge that trusts only what Zoom and
the written invites show."""

from greenroom.demo.play import Stage, play

__all__ = ["Stage", "play"]
