"""A file as it came, to pages of lines; nothing here knows what a certificate is."""
