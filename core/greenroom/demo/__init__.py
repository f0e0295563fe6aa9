"""The demonstration: each profile's own walkthrough, a shipped panel, and a judge that trusts only what Zoom and
the written invites show."""

from greenroom.demo.browser import Browser
from greenroom.demo.judge import judge, read_ledger, read_letters
from greenroom.demo.play import Stage, play

__all__ = ["Browser", "Stage", "judge", "play", "read_ledger", "read_letters"]
