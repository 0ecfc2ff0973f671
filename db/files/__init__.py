"""Where the sealed bytes of sent files are kept: beside the record, under names that are made from those bytes."""
