"""What people enter about reminders: the rules of an agency, and how each wants to be reminded."""
