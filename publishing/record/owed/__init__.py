"""What somebody has to look at: due, hurried, asked for, and the state of each working copy."""
