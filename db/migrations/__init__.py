"""The schema's history, one small numbered step after another."""
