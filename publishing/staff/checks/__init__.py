"""Checks: asked for, read on the real page, remarked on, answered."""
