"""The grammar of acts: told in Python, asked by the database, and kept there by triggers."""
