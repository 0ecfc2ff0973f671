"""What is kept: facts that are only ever added to, the work state beside them, and the questions asked of
both."""
