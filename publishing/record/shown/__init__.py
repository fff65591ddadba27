"""What a reader is shown at a moment: the composition, words explained, other languages, printed sheets."""
