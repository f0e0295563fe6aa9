"""Wrong readings of Calendly's document, at least one a clause; the checks notice each of them."""

from __future__ import annotations

from greenroom_calendly.checks import wrong_connecting, wrong_managing, wrong_using

READINGS = (*wrong_connecting.READINGS, *wrong_managing.READINGS, *wrong_using.READINGS)
