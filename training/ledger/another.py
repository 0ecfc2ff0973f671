"""What is done when a carrier says that something did not arrive? Tried again, elsewhere, or left to a person.

Each try is an attempt of its own, and there is one more for each that failed, never for one whose end nobody knows.
"""

from collections.abc import Sequence
from datetime import timedelta

from db.queries import another_try, turns
from db.records.ledger import Delivery, Destination
from db.unit_of_work import Writer, working
from training.ledger.saying import new_id
from training.office import Office, shared_now


def try_again(
    writer: Writer, delivery: Delivery, waits: Sequence[timedelta], elsewhere: Sequence[Destination]
) -> bool:
    """One more try after the wait that is its turn; after the last, or when it would come too late, on another way.

    False when there is none: then it stays undelivered, where whoever coordinates sees it. Nothing is repeated to
    somebody whom nobody knows.
    """
    if delivery.person_id is None:
        return False
    if elsewhere and turns.is_in_turn(writer.conn, delivery.message_id):
        # The next way has its turn at once, which is sooner than any wait.
        return False
    tried = another_try.tries_at(writer.conn, delivery)
    if tried <= len(waits):
        due_at = writer.at + waits[tried - 1]
        if another_try.again(writer.conn, delivery, new_id(), due_at, now=writer.at):
            return True
    return any(
        another_try.elsewhere(writer.conn, delivery, new_id(), route, now=writer.at) for route in elsewhere
    )


def forget_what_is_over(office: Office) -> int:
    """Words that were kept for another try go once nobody may ask for one; how many."""
    with working(office.engine) as conn:
        return another_try.forget_what_is_over(conn, shared_now(office, conn))
