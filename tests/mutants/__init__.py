"""Are the tests able to fail? The code is broken in many small ways, one at a time, and they have to notice."""
