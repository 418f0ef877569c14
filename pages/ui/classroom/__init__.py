"""The classroom: one demonstration at a time, step by step, on a projector, and on the phones of a class."""
