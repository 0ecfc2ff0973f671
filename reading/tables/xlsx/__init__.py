"""How is an Excel workbook read as a sheet? Streamed, with caps, and nothing in it is ever computed or followed."""
