"""Records that may be one class entered twice: proposed here, decided by a person."""
