"""Who asked what: conversations, and how a message is heard. Training does the work; an answer is a message."""
