"""When somebody is reminded of what they owe, and how many texts that makes; nothing is sent here."""
