"""The door for text messages: what Twilio hands over, what it is given, and how a message becomes a text."""
