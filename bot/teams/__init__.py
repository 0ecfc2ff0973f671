"""The door to Microsoft Teams: what comes from there, what goes there, and how it looks. It decides nothing."""
