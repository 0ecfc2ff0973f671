"""What the log says of each entry, in words."""
