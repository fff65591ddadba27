"""Markdown to trusted HTML, the one way."""
