"""The overview: every study of the library, searched and filtered."""
