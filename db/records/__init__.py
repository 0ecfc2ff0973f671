"""Frozen records by subject: what callers hand in to be kept, and what queries hand back."""
