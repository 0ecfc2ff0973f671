"""What stands behind a one-time address of ours."""
