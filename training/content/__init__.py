"""What becomes of kept words and files: held, set aside, shown to their keepers, and let go by two persons."""
