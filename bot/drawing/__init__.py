"""What every chat door draws a message with: text fit to be seen, its lines, and what of them has room."""
