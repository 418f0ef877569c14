"""One study: what it is, what it prints, what its card says."""
