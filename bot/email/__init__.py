"""The way out by e-mail. Nothing comes in by it."""
