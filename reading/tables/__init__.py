"""What does an agency's spreadsheet say? Untrusted bytes in, a typed preview out; nothing is written."""
