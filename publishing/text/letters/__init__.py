"""Letters and words: folded, escaped, counted, kept together, put in place of each other."""
