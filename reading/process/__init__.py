"""A process of its own for files that nobody trusts."""
