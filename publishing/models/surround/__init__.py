"""What stands around every guide, in each language."""
