"""Records asked of an earlier agency, and let go to the next."""
