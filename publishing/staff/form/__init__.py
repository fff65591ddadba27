"""The form in which a text is written: its editor, what is kept of what is typed, and what stands beside it."""
