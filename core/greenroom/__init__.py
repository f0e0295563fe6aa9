"""Greenroom: interview scheduling on Zoom that behaves exactly as a chosen recruiting product documents it."""
