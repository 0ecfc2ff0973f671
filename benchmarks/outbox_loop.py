"""The baseline: what does it cost only to take rows from a table, send each, and mark it as sent?

As such loops are written: SQLAlchemy, one row claimed and committed, one request by aiohttp, one commit that marks it.
No lease, no limit, no log, no look-up, and nothing is drawn: the words lie in the row.
"""

import argparse
import asyncio
import time
from pathlib import Path

import aiohttp
from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, insert, select, text, update

from db.engine import make_engine
from db.unit_of_work import working

metadata = MetaData()
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("state", Text, nullable=False),
)
Index("ix_outbox_open", outbox.c.id, sqlite_where=text("state <> 'sent'"))
WORDS = (
    "Lakemont PD {} training desk: this phone is linked. Text: am I good? I answer from your training record."
)


async def deliver(database: Path, sink: str) -> int:
    """Everything; how many."""
    engine = make_engine(f"sqlite:///{database}")
    done = 0
    async with aiohttp.ClientSession() as session:
        while True:
            with working(engine) as conn:
                row = conn.execute(
                    select(outbox).where(outbox.c.state == "ready").order_by(outbox.c.id).limit(1)
                ).first()
                if row is not None:
                    conn.execute(update(outbox).where(outbox.c.id == row.id).values(state="sending"))
            if row is None:
                return done
            async with session.post(f"{sink}/send", data={"to": row.place, "body": row.words}) as answer:
                await answer.json()
            with working(engine) as conn:
                conn.execute(update(outbox).where(outbox.c.id == row.id).values(state="sent"))
            done += 1


def fill(database: Path, rows: int) -> None:
    """So many rows in a file of its own."""
    engine = make_engine(f"sqlite:///{database}")
    metadata.create_all(engine)
    with working(engine) as conn:
        conn.execute(
            insert(outbox),
            [
                {"place": f"+1612556{number % 400:04}", "words": WORDS.format(number), "state": "ready"}
                for number in range(rows)
            ],
        )
    engine.dispose()


def main() -> None:
    """Deliver what is there, and say how many and for how much CPU."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("sink")
    given = parser.parse_args()
    began = time.process_time()
    done = asyncio.run(deliver(given.database, given.sink))
    print(done, time.process_time() - began)


if __name__ == "__main__":
    main()
