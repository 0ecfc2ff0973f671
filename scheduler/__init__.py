"""What happens without anybody asking: a table of jobs, and the tick that wakes them."""
