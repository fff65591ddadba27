"""Lists of texts, and one act on many of them."""
