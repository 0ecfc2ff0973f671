"""What a file holds, on screen, on paper and in a table."""
