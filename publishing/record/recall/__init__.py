"""What patients were told, when, and what may be put in its place everywhere."""
