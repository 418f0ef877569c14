"""Two groups beside each other."""
