"""Whose a phone is, for good or for a shift, and whether it may be written to."""
