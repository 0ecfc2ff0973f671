"""What the bot in Teams and the directory behind it share: the cloud of the tenant, and tokens for its services."""
