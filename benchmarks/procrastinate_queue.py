"""The same rows as jobs of Procrastinate: a worker sends them to the sink, one after the other.

Run by an interpreter that has Procrastinate, and nothing of the product.
"""

import argparse
import asyncio
import time

import aiohttp
from procrastinate import App, PsycopgConnector

WORDS = (
    "Lakemont PD {} training desk: this phone is linked. Text: am I good? I answer from your training record."
)


async def work(database: str, sink: str, rows: int, *, fill: bool) -> float:
    """Fill the queue, or empty it; CPU seconds of the latter."""
    app = App(connector=PsycopgConnector(conninfo=database))
    async with app.open_async(), aiohttp.ClientSession() as session:

        @app.task(name="send")  # type: ignore[untyped-decorator,unused-ignore]  # not installed where types are checked
        async def send(place: str, words: str) -> None:
            async with session.post(f"{sink}/send", data={"to": place, "body": words}) as answer:
                await answer.json()

        if fill:
            await app.schema_manager.apply_schema_async()
            for number in range(rows):
                await send.defer_async(place=f"+1612556{number % 400:04}", words=WORDS.format(number))
            return 0.0
        began = time.process_time()
        await app.run_worker_async(wait=False, concurrency=1, install_signal_handlers=False)
        return time.process_time() - began


def main() -> None:
    """Say how many and for how much CPU."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    parser.add_argument("sink")
    parser.add_argument("rows", type=int)
    parser.add_argument("--fill", action="store_true")
    given = parser.parse_args()
    print(given.rows, asyncio.run(work(given.database, given.sink, given.rows, fill=given.fill)))


if __name__ == "__main__":
    main()
