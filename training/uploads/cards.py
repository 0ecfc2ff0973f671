"""What becomes of the cards of an upload, once somebody has decided? Each is replaced where it stands, for everyone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from db.queries import ledger, reporting
from db.records.audit import AuditDraft
from db.records.ledger import Delivery, Occasion
from db.unit_of_work import Writer
from messages import review as say
from messages.kinds import MessageKind
from messages.words import Words
from training.asking import Question
from training.ledger.changing import can_change, in_its_place
from training.ledger.saying import ToSay, plan
from training.office import shared_now
from training.tickets import own_name
from training.uploads.reviewers import IN_ORDER

Does = Callable[[Writer], Iterable[AuditDraft]]


def settling(
    question: Question, facts: say.CardFacts, code: say.SettledCode, words: Words, does: Does
) -> Does:
    """What decides it, and then every card that was sent of it says who did and when, with nothing left to press."""
    settled = say.SettledFacts(code=code, who=own_name(question), at=question.at)
    message = say.settled(facts, settled, words)
    kept = say.settled(replace(facts, entries=()), settled, words)

    def both(writer: Writer) -> Iterable[AuditDraft]:
        yield from does(writer)
        for card in _cards(writer, question, facts.number):
            to_say = ToSay(
                person_id=card.person_id or 0,
                message=message,
                kept=kept,
                routes=(in_its_place(card),),
                about=card.about,
                occasion=Occasion(
                    agency_id=writer.agency_id,
                    person_id=card.person_id or 0,
                    subject="upload-card",
                    step=card.attempt_id,
                ),
            )
            plan(writer, question.office.keys, to_say, now=shared_now(question.office, writer.conn))

    return both


def _cards(writer: Writer, question: Question, number: int) -> Iterator[Delivery]:
    """Cards that arrived with somebody who may decide: whoever may no longer is told so when they press."""
    holders = {
        each
        for role in IN_ORDER
        for each in reporting.holders_of(writer.conn, writer.agency_id, role, question.asker.now)
    }
    for person_id in sorted(holders):
        about = f"upload {number}"
        for each in ledger.deliveries(writer.conn, writer.agency_id, person_id=person_id, about=about):
            if each.kind == MessageKind.REVIEW_CARD.value and can_change(each):
                yield each
