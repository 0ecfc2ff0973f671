"""Microsoft Teams without Microsoft: what it takes, what it sends, and its faults on demand."""
