"""Pages behind one-time links: files come in where a channel takes none, and are shown where one cannot show them."""
