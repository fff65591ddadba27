"""What the search reads: the index, the word pairs that staff keep, and what was not found."""
