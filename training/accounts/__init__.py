"""Whose an account of a chat tool is: found, asked, tried out, and taken away."""
