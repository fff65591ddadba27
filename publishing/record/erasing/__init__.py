"""Erasure by law: every place that can hold words, what is done there, and done again after a restore."""
