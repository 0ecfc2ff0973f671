"""Files that are made to break what reads them."""

# Read in one process under the limit: those that are larger inside than they are on the disk.
HEAVY = (
    "ten million rows of text", "ten million blank lines", "thirty million commas", "too many rows of a workbook",
    "ten million rows of a workbook", "one enormous cell of text", "one enormous cell of a workbook",
    "a million merged cells", "a number of a million digits", "a sheet that unpacks a thousandfold",
    "texts that unpack a thousandfold", "zip bombs in a zip bomb", "thirty thousand parts", "a billion laughs",
    "a cell at the far end of every row", "an attribute without end", "quotes never closed",
)  # fmt: skip
