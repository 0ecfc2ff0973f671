"""When may something of our own be said to somebody, and who works when?"""
