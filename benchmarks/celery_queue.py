"""The same rows as tasks of Celery: one sends them to the sink, and acknowledges each after it was sent.

Run by an interpreter that has Celery, and nothing of the product.
"""

import argparse
import http.client
import time
from itertools import count
from urllib.parse import urlencode, urlsplit

from celery import Celery
from celery.signals import worker_ready
from celery.worker import state

WORDS = (
    "Lakemont PD {} training desk: this phone is linked. Text: am I good? I answer from your training record."
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def an_app(broker: str) -> Celery:
    """An app that loses nothing when its worker dies; everything else as it comes."""
    app = Celery("benchmark", broker=broker)
    app.conf.update(task_acks_late=True, task_ignore_result=True, worker_redirect_stdouts=False)
    return app


def deliver(app: Celery, sink: str, rows: int) -> None:
    """Everything, and say how many and for how much CPU since the worker was ready: the worker ends its process."""
    line = http.client.HTTPConnection(urlsplit(sink).netloc)
    numbers, began = count(1), [0.0]

    @worker_ready.connect(weak=False)  # type: ignore[untyped-decorator,unused-ignore]  # Celery ships no types
    def ready(**_: object) -> None:
        began[0] = time.process_time()

    @app.task(name="send")  # type: ignore[untyped-decorator,unused-ignore]  # the same
    def send(place: str, words: str) -> None:
        line.request("POST", "/send", urlencode({"to": place, "body": words}), FORM)
        line.getresponse().read()
        if next(numbers) == rows:
            print(rows, time.process_time() - began[0], flush=True)
            state.should_stop = 0

    # One process that does one thing after the other, as a lane of Rollcall does, and no talk with other workers.
    worker = app.Worker(
        pool="solo", without_gossip=True, without_mingle=True, without_heartbeat=True, quiet=True
    )
    worker.start()


def main() -> None:
    """Fill the queue, or empty it and say how many and for how much CPU."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("broker")
    parser.add_argument("sink")
    parser.add_argument("rows", type=int)
    parser.add_argument("--fill", action="store_true")
    given = parser.parse_args()
    app = an_app(given.broker)
    if given.fill:
        for number in range(given.rows):
            app.send_task("send", (f"+1612556{number % 400:04}", WORDS.format(number)))
        print(given.rows, 0.0)
    else:
        deliver(app, given.sink, given.rows)


if __name__ == "__main__":
    main()
