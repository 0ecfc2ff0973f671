"""Who asked what: one module per conversation. Handlers call training and answer with a message."""
