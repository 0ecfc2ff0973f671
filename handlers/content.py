"""What is kept of words and files? For whoever keeps the records: look, set aside, hold, and let go by two persons."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from db.queries import content as queries
from db.queries import people
from db.records.content import ItemState
from db.records.facts import ContentHold, ContentKind, DisposalCode, Role, SetAside
from handlers.routing import (
    Answered,
    Asked,
    Route,
    SentFile,
    Tense,
    confirms,
    holds_back,
    keeps_records,
    page_after,
    sets_aside,
)
from handlers.status import finish, keeper
from messages import content as say
from messages.pages import TEXT_DOORS, lines_for
from reading import spills
from reading.files import FileType, sniff
from training.asking import Outcome, Question
from training.content import disposal, holds, quarantine
from training.content.custody import CustodyDone, Verdict, person_meant
from training.content.items import Opened, hold_meant, item_meant, items_of, opened
from training.people import display_name
from training.permissions import hidden
from training.sealed.sealing import PLAIN_TEXT, as_text
from training.transcripts.records import record_number

# Why somebody looked; the catalogue holds ``purpose-custody``.
PURPOSE = "custody"


def listed(question: Question, asked: Asked) -> Answered:
    """What is kept of one person, newest first."""
    person = person_meant(question, asked.value or str(asked.slot("person") or ""))
    if person is None:
        return _none(asked)
    return _page(question, asked, person.person_id, page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of the list."""
    remembered = question.remembered()
    person_id = remembered.get("kept_of")
    if not isinstance(person_id, int):
        return _none(asked)
    return _page(question, asked, person_id, page=page_after(question))


def _page(question: Question, asked: Asked, person_id: int, page: int) -> Answered:
    items = items_of(question, person_id)
    names = _names(question, [*items], person_id)
    facts = say.ContentListFacts(
        name=names.get(person_id, ""),
        items=tuple(_facts(question, each, names) for each in items),
        page=page,
        lines=lines_for(question.channel),
    )
    outcome = Outcome(looked_at=(person_id,), purpose=PURPOSE)
    return finish(
        say.content_list(facts, asked.words), outcome, kept_of=person_id, page=page, pages_of="content-list"
    )


def item(question: Question, asked: Asked) -> Answered:
    """One item with what it says; the look is on the record."""
    item_id = _item_id(question, asked)
    found = None if item_id is None else opened(question, item_id)
    if found is None:
        return _none(asked)
    state = found.item
    names = _names(question, [state])
    whose = names.get(state.person_id, "")
    own = state.person_id == question.asker.person_id
    text, hidden = _shown(question, found)
    facts = say.ContentItemFacts(
        item=_facts(question, state, names), text=text, hidden=hidden, looked_at="" if own else whose
    )
    # What is kept already is not kept once more, or it would outlive its disposal in the custodian's own answers.
    again = say.ContentItemFacts(item=facts.item, hidden=hidden or "repeated")
    outcome = Outcome(
        looked_at=(state.person_id,),
        purpose=PURPOSE,
        data={"item": state.id, "hash": state.keyed_hash},
    )
    answered = finish(say.content_item(facts, asked.words), outcome, **question.remembered())
    return Answered(answered.message, answered.outcome, say.content_item(again, asked.words))


def _shown(question: Question, found: Opened) -> tuple[str, str]:
    """The words, or why they are not shown."""
    state = found.item
    if not isinstance(found.content, bytes):
        return "", found.content.value
    if question.channel in TEXT_DOORS:
        return "", "phone"
    if state.media_type != PLAIN_TEXT:
        return "", "file"
    words = spills.text_of(found.content) if state.kind is ContentKind.FILE else as_text(found.content)
    return "\n".join("".join(filter(str.isprintable, line)) for line in words.splitlines()), ""


def set_aside(question: Question, asked: Asked) -> Answered:
    """From now on nobody is shown the item."""
    item_id = _item_id(question, asked)
    return _did(asked, "set-aside", None if item_id is None else quarantine.set_aside(question, item_id))


def put_back(question: Question, asked: Asked) -> Answered:
    """A false alarm."""
    item_id = _item_id(question, asked)
    return _did(asked, "put-back", None if item_id is None else quarantine.put_back(question, item_id))


def dispose(question: Question, asked: Asked) -> Answered:
    """Which code; with one, the request is made. With a request open, whether to do it."""
    item_id = _item_id(question, asked)
    state = None if item_id is None else queries.item(question.conn, question.agency_id, item_id)
    if state is None:
        return _none(asked)
    code = asked.slot("code")
    if isinstance(code, str):
        return _propose(question, asked, state.id, code)
    if state.gone is not None:
        return _did(asked, "dispose", CustodyDone(verdict=Verdict.GONE, item=state))
    if state.disposal is None and not keeps_records(question):
        return _did(asked, "dispose", CustodyDone(verdict=Verdict.NOTHING_OPEN, item=state))
    facts = _facts(question, state, _names(question, [state]))
    return finish(say.dispose(facts, asked.words), Outcome(data={"item": state.id}))


def dispose_under(question: Question, asked: Asked) -> Answered:
    """The code was pressed."""
    code, _, ref = asked.value.partition(" ")
    item_id = item_meant(question, ref)
    return _none(asked) if item_id is None else _propose(question, asked, item_id, code)


def _propose(question: Question, asked: Asked, item_id: int, code: str) -> Answered:
    if code not in set(DisposalCode) or not keeps_records(question):
        return _none(asked)
    return _did(asked, "dispose", disposal.propose(question, item_id, DisposalCode(code)))


def confirm(question: Question, asked: Asked) -> Answered:
    """The second person does it."""
    item_id = _item_id(question, asked)
    return _did(asked, "confirm-disposal", None if item_id is None else disposal.confirm(question, item_id))


def keep(question: Question, asked: Asked) -> Answered:
    """The request is taken back."""
    item_id = _item_id(question, asked)
    return _did(asked, "keep-item", None if item_id is None else disposal.keep(question, item_id))


def disposals(question: Question, asked: Asked) -> Answered:
    """What waits for a second person."""
    items = queries.to_be_disposed(question.conn, question.agency_id)
    names = _names(question, items)
    zone = ZoneInfo(question.asker.time_zone)
    facts = [
        replace(_facts(question, each, names), at=each.disposal.proposed_at.astimezone(zone))
        for each in items
        if each.disposal is not None
    ]
    return finish(say.disposals(facts, asked.words), Outcome())


def hold(question: Question, asked: Asked) -> Answered:
    """Nothing of a person, of some days or of one item may go."""
    days = asked.slot("date_range")
    first, last = days if isinstance(days, tuple) and len(days) == 2 else (None, None)
    wanted = ContentHold(
        first_day=first if isinstance(first, date) else None,
        last_day=last if isinstance(last, date) else None,
    )
    if (written := asked.slot("item")) is not None:
        item_id = item_meant(question, str(written))
        return _none(asked) if item_id is None else _hold(question, asked, ContentHold(item_id=item_id))
    named = asked.slot("person")
    if named is None:
        return _none(asked) if wanted == ContentHold() else _hold(question, asked, wanted)
    person = person_meant(question, str(named))
    if person is None:
        return _none(asked)
    return _hold(
        question,
        asked,
        ContentHold(person_id=person.person_id, first_day=wanted.first_day, last_day=wanted.last_day),
    )


def hold_item(question: Question, asked: Asked) -> Answered:
    """The same for the item of a pressed button."""
    item_id = item_meant(question, asked.value)
    return _none(asked) if item_id is None else _hold(question, asked, ContentHold(item_id=item_id))


def _hold(question: Question, asked: Asked, wanted: ContentHold) -> Answered:
    return _did(asked, "hold", holds.place_hold(question, wanted))


def holding(question: Question, asked: Asked) -> Answered:
    """Every hold that stands."""
    found = queries.holds(question.conn, question.agency_id)
    lifts = queries.lifts_asked_for(question.conn, question.agency_id)
    ids = {each.recorded_by for each in found} | {each.recorded_by for each in lifts.values()}
    ids |= {each.fact.person_id for each in found}
    names = _names_of(question, ids)
    zone = ZoneInfo(question.asker.time_zone)
    facts = [
        say.HoldFacts(
            ref=str(each.id),
            number=_hold_number(each.id),
            at=each.recorded_at.astimezone(zone),
            by=names.get(each.recorded_by or 0, ""),
            item="" if each.fact.item_id is None else _number(each.fact.item_id),
            name=names.get(each.fact.person_id or 0, ""),
            first_day=each.fact.first_day,
            last_day=each.fact.last_day,
            lift_asked_by=names.get(lifts[each.id].recorded_by or 0, "") if each.id in lifts else "",
        )
        for each in found
    ]
    return finish(say.holds(facts, asked.words), Outcome())


def lift(question: Question, asked: Asked) -> Answered:
    """The first person asks for it, the second does it."""
    hold_id = hold_meant(question, asked.value or str(asked.slot("hold") or ""))
    done = None if hold_id is None else holds.lift_hold(question, hold_id)
    if done is not None and done.verdict is Verdict.NOTHING_OPEN:
        return _did(asked, "ask-lift", CustodyDone(verdict=Verdict.DONE, hold_id=done.hold_id))
    return _did(asked, "lift-hold", done)


def spill_in(text: str, entered: Iterable[str], files: Iterable[SentFile]) -> SetAside | None:
    """What must not be here, in the words or in a file of words."""
    texts = [text, *entered]
    texts += [spills.text_of(each.content) for each in files if sniff(each.content) is FileType.TEXT]
    found = next((spill for each in texts if (spill := spills.found_in(each)) is not None), None)
    return None if found is None else SetAside(found.value)


def spilled(question: Question, asked: Asked, found: SetAside) -> Answered:
    """Set aside at once, and said so. The conversation stays on what it was about."""
    facts = say.SpillFacts(found=found.value, coordinator=keeper(question, asked, Role.RECORDS))
    return finish(say.spilled(facts, asked.words), Outcome(spilled=found), **question.remembered())


def _did(asked: Asked, act: say.Act, done: CustodyDone | None) -> Answered:
    """What was done, or that nothing was."""
    if done is None or done.verdict is Verdict.NOT_THERE:
        return _none(asked)
    number = _number(done.item.id) if done.item is not None else _hold_number(done.hold_id or 0)
    if done.verdict is Verdict.DONE:
        facts = say.ContentDoneFacts(act=act, number=number)
    else:
        facts = say.ContentDoneFacts(why=done.verdict.value)
    data = {} if done.item is None else {"item": done.item.id}
    return finish(say.content_done(facts, asked.words), Outcome(data=data))


def _none(asked: Asked) -> Answered:
    return finish(say.content_none(asked.words), Outcome())


def _item_id(question: Question, asked: Asked) -> int | None:
    return item_meant(question, asked.value or str(asked.slot("item") or ""))


def _number(item_id: int) -> str:
    return f"M-{record_number(item_id)}"


def _hold_number(hold_id: int) -> str:
    return f"H-{record_number(hold_id)}"


def _names(question: Question, items: Iterable[ItemState], *others: int) -> Mapping[int, str]:
    """Everybody who is named with these items."""
    ids: set[int | None] = {*others}
    for each in items:
        ids.add(each.person_id)
        if each.disposal is not None:
            ids.add(each.disposal.proposed_by)
        if each.gone is not None:
            ids.add(each.gone.confirmed_by)
    return _names_of(question, ids)


def _names_of(question: Question, ids: Iterable[int | None]) -> Mapping[int, str]:
    unseen = hidden(question)
    known = sorted(each for each in ids if each is not None and each not in unseen)
    return {
        each.person_id: display_name(each) for each in people.by_ids(question.conn, question.agency_id, known)
    }


def _facts(question: Question, state: ItemState, names: Mapping[int, str]) -> say.KeptFacts:
    zone = ZoneInfo(question.asker.time_zone)
    asked, gone = state.disposal, state.gone
    return say.KeptFacts(
        ref=str(state.id),
        number=_number(state.id),
        at=state.recorded_at.astimezone(zone),
        kind=state.kind.value,
        size=state.size,
        whose=names.get(state.person_id, ""),
        set_aside=state.set_aside.value if state.set_aside is not None else "",
        asked=asked.code.value if asked is not None else "",
        asked_by=names.get(asked.proposed_by or 0, "") if asked is not None else "",
        gone=gone.code.value if gone is not None else "",
        gone_at=gone.at.astimezone(zone) if gone is not None else None,
        gone_by=names.get(gone.confirmed_by, "") if gone is not None else "",
    )


ROUTES = (
    Route(
        name="content-list",
        handle=listed,
        may_use=keeps_records,
        commands=("content-list",),
        tense=Tense.NOW_ONLY,
        next_page=next_page,
    ),
    Route(name="content-item", handle=item, may_use=keeps_records, commands=("content-item",)),
    Route(name="set-aside", handle=set_aside, may_use=sets_aside, commands=("set-aside",)),
    Route(name="put-back", handle=put_back, may_use=keeps_records, commands=("put-back",)),
    Route(name="dispose", handle=dispose, may_use=confirms, commands=("dispose",)),
    Route(name="dispose-under", handle=dispose_under, may_use=keeps_records),
    Route(name="confirm-disposal", handle=confirm, may_use=confirms, commands=("confirm-disposal",)),
    Route(name="keep-item", handle=keep, may_use=confirms, commands=("keep-item",)),
    Route(
        name="disposals",
        handle=disposals,
        may_use=confirms,
        commands=("disposals",),
        tense=Tense.NOW_ONLY,
    ),
    Route(name="hold", handle=hold, may_use=holds_back, commands=("hold",)),
    Route(name="hold-item", handle=hold_item, may_use=holds_back),
    Route(name="holds", handle=holding, may_use=confirms, commands=("holds",), tense=Tense.NOW_ONLY),
    Route(name="lift-hold", handle=lift, may_use=confirms, commands=("lift-hold",)),
)
