"""What is kept for ever of a text: its editions, its addresses, who saved it, in whose name it appeared."""
