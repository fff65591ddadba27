"""What staff do for the search: word pairs, and what was not found."""
