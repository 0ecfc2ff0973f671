"""Where people stand: judged, kept, and shown to whoever may see them."""
