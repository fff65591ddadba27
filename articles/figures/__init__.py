"""What staff see of guides in numbers and drawings: how often read, what readers said, what share was checked."""
