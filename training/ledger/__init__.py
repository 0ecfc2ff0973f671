"""Whatever is said later, or to somebody else: planned once, handed to a channel once, and what became of it."""
