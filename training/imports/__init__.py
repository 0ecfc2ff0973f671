"""What becomes of an agency's own tables: planned as a whole, shown, and written only once a person says so."""
