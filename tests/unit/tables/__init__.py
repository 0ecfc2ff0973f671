"""Tables that agencies might send, written by hand for the tests of ``reading.tables``."""
