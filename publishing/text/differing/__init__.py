"""What differs between two texts, and where words stand now that stood elsewhere before."""
