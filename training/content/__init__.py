"""Words and files that are kept apart from facts: closed, shown to whoever may see them, and let go by two persons."""
