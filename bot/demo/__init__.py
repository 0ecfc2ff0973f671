"""Which agency does a visitor of the demo meet? Lakemont PD, as the files an agency would import."""
