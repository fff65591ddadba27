"""Guides on paper: each as a PDF, and what has become since of the sheet that somebody holds."""
