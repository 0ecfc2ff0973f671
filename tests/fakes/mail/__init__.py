"""A mail server on loopback that keeps what it takes, and fails when it is told to."""
