"""The two tables of the key store, on a metadata of their own: they are no part of the record."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

# Which master keys there are, by what tells them apart; the one with the highest number wraps what is new.
master_key = Table(
    "master_key",
    metadata,
    Column("fingerprint", Text(), primary_key=True),
    Column("number", BigInteger().with_variant(Integer(), "sqlite"), nullable=False, unique=True),
)

item_key = Table(
    "item_key",
    metadata,
    Column("ref", Text(), primary_key=True),
    Column("master", Text(), ForeignKey("master_key.fingerprint"), nullable=False),
    Column("wrapped", LargeBinary(), nullable=False),
)
Index("ix_item_key_master", item_key.c.master)
