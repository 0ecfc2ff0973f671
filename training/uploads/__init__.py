"""A file somebody sent, on its way to the record."""
