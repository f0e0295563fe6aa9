"""Exelare's documented behaviour of interview scheduling on Zoom, as a Greenroom profile."""
