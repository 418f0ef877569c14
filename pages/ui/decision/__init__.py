"""Summary for decisions: which question, and its page."""
