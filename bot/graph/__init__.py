"""The agency's Microsoft directory, through Microsoft Graph. Nothing that is said in a chat waits for it."""
