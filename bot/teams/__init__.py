"""The Microsoft Teams door."""
