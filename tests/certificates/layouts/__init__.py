"""What certificates look like, family by family; drawn without having seen the reader."""
