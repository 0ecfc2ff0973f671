"""A stand-in for the Slack service on loopback: Web API, file host, Socket Mode, and what it sends to an app."""
