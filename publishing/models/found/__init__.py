"""What is found in a text before patients read it, and whether what it leads to is there."""
