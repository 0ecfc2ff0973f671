"""The project's own set for judging the certificate reader: documents drawn by code, and what is true of each."""
