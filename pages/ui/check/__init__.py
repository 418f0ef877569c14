"""Numbers typed in or pasted: the calculators, and counts that run in the background."""
