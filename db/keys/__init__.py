"""Where the keys of content items are kept: apart from the record and its backups, so what was destroyed stays so."""
