"""Drills: what must hold when something breaks, tried on real processes. See bench/README.md."""
