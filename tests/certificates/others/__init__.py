"""What is sent and is no certificate: other papers, pictures of things, and files that want to do harm."""
