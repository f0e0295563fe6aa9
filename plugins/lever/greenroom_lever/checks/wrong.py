"""Wrong readings of Lever's document, each carried out and noticed by the clause's check."""

from __future__ import annotations

from greenroom_lever.checks import wrong_connecting, wrong_hosting, wrong_invites, wrong_links

READINGS = (*wrong_connecting.READINGS, *wrong_hosting.READINGS, *wrong_links.READINGS, *wrong_invites.READINGS)
