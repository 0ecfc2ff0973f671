"""Pages of lines, to the fields of a certificate."""
