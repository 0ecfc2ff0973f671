"""How words and files are sealed under keys of their own, and opened again. Who may ask for that is decided above."""
