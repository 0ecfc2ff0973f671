"""Requests for training: from the first words to the last receipt."""
