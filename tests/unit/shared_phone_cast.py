"""Messages about phones that many share."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from messages import going_on, phones, shared_phones, texts, trouble, undelivered
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from tests.unit.standing_cast import AT

PHONES = (
    shared_phones.PhoneFacts(phone_id=10000000021, number="+16125550190", name="Car 12", in_use=True),
    shared_phones.PhoneFacts(phone_id=10000000022, number="+16125550191", name=""),
)


def _listed(count: int) -> Callable[[Words], Message]:
    facts = shared_phones.SharedPhonesFacts(phones=PHONES[:count])
    return lambda words: shared_phones.shared_phones(facts, words)


def _gone_on(said: going_on.GoOn) -> Callable[[Words], Message]:
    return lambda words: going_on.go_on(said, words)


SENT = tuple(
    texts.SentFacts(at=AT, number="+16125550142", kind=kind, state=state, why=why)
    for kind, state, why in (
        ("status", "delivered", ""),
        ("why", "undelivered", "30003"),
        ("why", "held", "another-try"),
        ("list", "none", ""),
        ("list", "skipped", "opted-out"),
    )
)

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    **{f"go-on-{each.value}": _gone_on(each) for each in going_on.GoOn},
    "texts": lambda words: texts.texts(texts.TextsFacts(sent=SENT), words),
    "texts-none": lambda words: texts.texts(texts.TextsFacts(sent=()), words),
    "texts-of": lambda words: texts.texts(texts.TextsFacts(sent=SENT[:1], name="Officer Ruiz"), words),
    "texts-of-none": lambda words: texts.texts(texts.TextsFacts(sent=(), name="Officer Ruiz"), words),
    "undelivered-unclaimed": lambda words: undelivered.undelivered(
        undelivered.UndeliveredFacts(found=(), unclaimed=3, since=AT), words
    ),
    **{f"shared-phones-{count}": _listed(count) for count in (0, 1, 2)},
    "shared-phone-form": lambda words: shared_phones.form(shared_phones.FormFacts(), words),
    "shared-phone-form-again": lambda words: shared_phones.form(
        shared_phones.FormFacts(
            number="612", name="Car 12", errors={"number": FieldError(code="not-a-phone", written="612")}
        ),
        words,
    ),
    "shared-phone-shared": lambda words: shared_phones.done(
        shared_phones.SharedPhoneDoneFacts(code="shared", phone=PHONES[0], hours=12, link_ended=True), words
    ),
    "shared-phone-already": lambda words: shared_phones.done(
        shared_phones.SharedPhoneDoneFacts(code="already", phone=PHONES[1]), words
    ),
    "shared-phone-unshared": lambda words: shared_phones.done(
        shared_phones.SharedPhoneDoneFacts(code="unshared", phone=PHONES[0]), words
    ),
    "shared-phone-none": lambda words: shared_phones.done(
        shared_phones.SharedPhoneDoneFacts(code="none"), words
    ),
    "shared-phone-ours": lambda words: shared_phones.done(
        shared_phones.SharedPhoneDoneFacts(code="ours"), words
    ),
    "shared-lost-opted-out": lambda words: shared_phones.lost(PHONES[0], phones.Lost.OPTED_OUT, words),
    "shared-lost-number": lambda words: shared_phones.lost(PHONES[1], phones.Lost.NUMBER, words),
    "shared-locked": lambda words: trouble.outside(
        trouble.Outside.SHARED, trouble.UnknownSenderFacts("Lakemont PD"), words
    ),
    "shift-asked": lambda words: shared_phones.shift_asked("Lakemont PD", 10, words),
    "shift-code": lambda words: shared_phones.shift_code(
        shared_phones.SharedCodeFacts(agency="Lakemont PD", phone=PHONES[0], code="48291736", minutes=10),
        words,
    ),
    "shift-code-kept": shared_phones.shift_code_kept,
    "shift-on": lambda words: shared_phones.shift_on(
        "Lakemont PD", datetime(2027, 3, 3, 2, 10, tzinfo=ZoneInfo("America/Chicago")), words
    ),
    "shift-off": lambda words: shared_phones.shift_off("Lakemont PD", words),
}
