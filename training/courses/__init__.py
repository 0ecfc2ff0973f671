"""Classes that can be taken: the calendar of them, their seats, and which one somebody should take."""
