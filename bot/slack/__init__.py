"""The door to Slack: what comes from there, what goes there, and how it looks. It decides nothing."""
