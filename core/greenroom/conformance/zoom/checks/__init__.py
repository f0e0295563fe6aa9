"""Checks of facts of Zoom: each talks to a running simulator over HTTP, and to nothing else."""
