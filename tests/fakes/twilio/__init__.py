"""A stand-in for Twilio's Programmable Messaging on loopback: interface, media host, and what it posts to an app."""
