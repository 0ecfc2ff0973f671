"""Examples of what is said about requests for training, to whoever asks."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from messages import request_form as form
from messages import request_standing as stands
from messages import requests as say
from messages.class_values import ClassValues
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words

AT = datetime(2027, 3, 2, 14, 22, tzinfo=ZoneInfo("America/Chicago"))
APRIL = ClassValues(
    title="Basic Crisis Negotiation",
    number=9,
    hours=Decimal(40),
    first=date(2027, 4, 12),
    last=date(2027, 4, 16),
    place="Duluth",
    cost=Decimal(595),
)
JUNE = ClassValues(
    title="Basic Crisis Negotiation",
    number=10,
    hours=Decimal(40),
    first=date(2027, 6, 7),
    last=date(2027, 6, 11),
    place="St. Cloud",
    cost=Decimal(525),
)
DESCRIBED = ClassValues(title="ALERRT Level 1", place="Mankato")
EFFECTS = say.EffectFacts(
    counts=Decimal("16.5"),
    toward=Decimal(48),
    over=True,
    leaves_open=("Autism 4 h", "Bias crimes 1 h"),
    shifts=(date(2027, 6, 7), date(2027, 6, 8), date(2027, 6, 10), date(2027, 6, 11)),
)
IN_THE_WAY = say.EffectFacts(
    counts=Decimal(),
    toward=Decimal(48),
    closes=("Bias crimes 1 h",),
    on_leave=True,
    in_court=(date(2027, 6, 8), date(2027, 6, 9), date(2027, 7, 1)),
    no_seat=True,
    closed_on=date(2027, 3, 1),
)
DECIDED = (
    stands.RequestActFacts(act="submitted", at=AT, who="Ofc. Ruiz"),
    stands.RequestActFacts(
        act="approved", at=AT, who="Sgt. Okafor", step=1, words="staffing at minimum @here"
    ),
    stands.RequestActFacts(act="denied", at=AT, who="P. Nair", step=2, words="no money is left this year"),
)


PROBLEMS = (
    say.ProblemFacts(code="backwards", first=date(2027, 4, 12), last=date(2027, 4, 9)),
    say.ProblemFacts(code="no-such-day", written="april 31"),
    say.ProblemFacts(code="past", first=date(2027, 2, 10), last=date(2027, 2, 12)),
    say.ProblemFacts(code="rate", written="hotel $120 a night"),
    say.ProblemFacts(code="too-dear"),
    say.ProblemFacts(code="weekday", written="monday", first=date(2027, 6, 8), last=date(2027, 6, 8)),
)


def _request(stage: str, **changes: object) -> stands.RequestFacts:
    return stands.RequestFacts(
        **{
            "number": 1042,
            "stage": stage,
            "values": JUNE,
            "since": AT,
            "who": "Sgt. Okafor",
            "step": 1,
            "steps": 2,
            "reason": "negotiator vacancy, want to apply",
            **changes,
        }  # type: ignore[arg-type]  # the values are as different as the fields
    )


STAGES = (
    "draft", "question", "appealed", "approved", "waiting-for-seat", "registered", "class-cancelled", "attended",
    "not-attended", "certified", "closed", "withdrawn",
)  # fmt: skip

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "request-found": lambda words: say.found(say.FoundFacts(classes=(APRIL, JUNE)), words),
    "request-found-many": lambda words: say.found(
        say.FoundFacts(classes=(APRIL, JUNE, DESCRIBED), more=4), words
    ),
    "request-found-change": lambda words: say.found(
        say.FoundFacts(classes=(APRIL, JUNE), changes=1042), words
    ),
    "request": lambda words: say.drafted(say.DraftFacts(number=1042, values=JUNE, effects=EFFECTS), words),
    "request-described": lambda words: say.drafted(
        say.DraftFacts(number=1042, values=DESCRIBED, effects=say.EffectFacts(), missing=("dates", "costs")),
        words,
    ),
    "request-nothing-said": lambda words: say.drafted(
        say.DraftFacts(
            number=1042,
            values=ClassValues(),
            effects=say.EffectFacts(),
            missing=("title", "dates", "place", "costs"),
        ),
        words,
    ),
    **{
        f"request-{problem.code}": lambda words, problem=problem: say.drafted(  # type: ignore[misc]  # a lambda with a default has no type of its own
            say.DraftFacts(
                number=1042, values=DESCRIBED, effects=say.EffectFacts(), missing=("dates",), problem=problem
            ),
            words,
        )
        for problem in PROBLEMS
    },
    "request-found-again": lambda words: say.found(say.FoundFacts(classes=(APRIL, JUNE), again=True), words),
    "request-found-past": lambda words: say.found(
        say.FoundFacts(classes=(APRIL, JUNE), problem=PROBLEMS[2]), words
    ),
    "request-one-at-a-time": lambda words: say.one_at_a_time(
        say.found(say.FoundFacts(classes=(APRIL, JUNE)), words), ("the autism class in june",), words
    ),
    "request-asked": lambda words: stands.asked(
        (
            stands.OpenQuestionFacts(1042, "Sgt. Okafor", "can you swap the 10th?"),
            stands.OpenQuestionFacts(1043, "Lt. Torres", "will you be rested?"),
        ),
        words,
    ),
    "request-for-another": lambda words: say.drafted(
        say.DraftFacts(number=1042, values=JUNE, effects=IN_THE_WAY, whom="Ofc. S. Lee"), words
    ),
    "request-in-the-way": lambda words: say.drafted(
        say.DraftFacts(number=1042, values=JUNE, effects=IN_THE_WAY), words
    ),
    "request-still-waits": lambda words: say.drafted(
        say.DraftFacts(number=1042, values=JUNE, effects=say.EffectFacts(), reminds=True), words
    ),
    "request-sent": lambda words: say.sent(
        say.RequestSentFacts(
            number=1042, code="sent", people=("Sgt. Okafor", "P. Nair"), for_cost=(False, True)
        ),
        words,
    ),
    "request-sent-one": lambda words: say.sent(
        say.RequestSentFacts(
            number=1042, code="sent", people=("Sgt. Okafor",), whom="Ofc. S. Lee", no_seat=True
        ),
        words,
    ),
    "request-sent-nobody": lambda words: say.sent(
        say.RequestSentFacts(number=1042, code="sent", people=("",)), words
    ),
    "request-changed": lambda words: say.sent(
        say.RequestSentFacts(
            number=1042,
            code="changed",
            people=("Sgt. Okafor", "P. Nair", "Chief Brandt"),
            for_cost=(False, True, False),
            changes=("dates: 12-16 Apr 2027 -> 7-11 Jun 2027", "cost: $595 -> $525"),
            void=1,
        ),
        words,
    ),
    "request-changed-one": lambda words: say.sent(
        say.RequestSentFacts(
            number=1042, code="changed", people=("Sgt. Okafor",), changes=("cost: $5",), void=2
        ),
        words,
    ),
    "request-again": lambda words: say.sent(
        say.RequestSentFacts(number=1042, code="again", people=("Sgt. Okafor", "P. Nair")), words
    ),
    "request-again-one": lambda words: say.sent(
        say.RequestSentFacts(number=1042, code="again", people=("Sgt. Okafor",)), words
    ),
    "request-stands": lambda words: stands.standing(
        _request("with-approver", acts=DECIDED[:1], acts_open=frozenset({"change", "withdraw"})), words
    ),
    "request-denied": lambda words: stands.standing(
        _request("denied", who="P. Nair", acts=DECIDED, acts_open=frozenset({"appeal", "again"})), words
    ),
    "request-of-another": lambda words: stands.standing(
        _request("with-approver", whom="Ofc. S. Lee", by="Sgt. Okafor"), words
    ),
    "request-of-somebody": lambda words: stands.standing(
        _request("with-approver", whom="Ofc. S. Lee"), words
    ),
    "request-entered-by": lambda words: stands.standing(_request("with-approver", by="Sgt. Okafor"), words),
    **{
        f"request-is-{stage}": lambda words, stage=stage: stands.standing(_request(stage), words)  # type: ignore[misc]  # as above
        for stage in STAGES
    },
    "requests": lambda words: stands.mine(
        stands.RequestListFacts(
            requests=(
                _request("with-approver"),
                _request("denied", who="", number=1007),
                _request("draft", who="", whom="Ofc. S. Lee", number=1003),
                _request("closed", who="", number=1001),
            ),
            lines=3,
        ),
        words,
    ),
    "requests-none": lambda words: stands.mine(stands.RequestListFacts(requests=()), words),
    "requests-waiting": lambda words: stands.mine(
        stands.RequestListFacts(requests=(_request("draft", who="", whom="Ofc. S. Lee"),), waiting=True),
        words,
    ),
    "requests-none-waiting": lambda words: stands.mine(
        stands.RequestListFacts(requests=(), waiting=True), words
    ),
    **{
        f"request-done-{code}": lambda words, code=code: say.done(code, 1042, words, name="P. Nair")  # type: ignore[misc]  # as above
        for code in say.CODES
    },
    "request-entered": lambda words: say.entered_for(1042, "Sgt. Okafor", JUNE, words),
    "request-form": lambda words: form.request_form(
        form.RequestFormFacts(classes=(APRIL, JUNE), costs={"tuition": None, "travel": None}, leads=True),
        words,
    ),
    "request-form-wrong": lambda words: form.request_form(
        form.RequestFormFacts(
            number=1042,
            values=JUNE,
            costs={"tuition": Decimal(525)},
            out_of_town=True,
            sent=True,
            errors={"ends_on": FieldError(code="too-early", limit=date(2027, 6, 7))},
        ),
        words,
    ),
    **{
        f"request-ask-{route}": lambda words, route=route: form.words_form(  # type: ignore[misc]  # as above
            form.WordsFormFacts(number=1042, route=route, asked="Who covers your shift?"), words
        )
        for route in ("reason", "answer", "appeal")
    },
    "request-words-wrong": lambda words: form.words_form(
        form.WordsFormFacts(
            number=1042,
            route="appeal",
            written="too long",
            errors={"words": FieldError(code="too-long", limit=Decimal(500))},
        ),
        words,
    ),
}
