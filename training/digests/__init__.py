"""Summaries that come by themselves: before a shift, every day, every week, every month; and what is said to them."""
