"""Before and after within one group."""
