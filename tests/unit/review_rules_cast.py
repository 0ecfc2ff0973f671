"""Examples of everything that is said of certificates: on their way to the record, and of how they are reviewed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import get_args

from messages import certificate_figures as figures
from messages import review_rules as rules
from messages import second_looks as looks
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from tests.unit import route_cast
from tests.unit import standing_cast as cast
from tests.unit import upload_cast as uploads
from tests.unit.upload_cast import CARD, WHOLE

NAMES = ("title", "completed_on", "hours", "provider", "number")
TYPES = (
    rules.TypeFacts(evidence="certificate", ticked=("title", "completed_on"), typed=("hours",)),
    rules.TypeFacts(evidence="card", ticked=("title",)),
    rules.TypeFacts(evidence="transcript", ticked=(), typed=("completed_on", "hours")),
    rules.TypeFacts(evidence="not-read", ticked=NAMES),
)
SHIPPED = rules.VersionFacts(
    version=1, types=TYPES, second_looks=5, seed="rollcall rules of review 1", reason="Nobody read them."
)
WAITS = rules.VersionFacts(
    version=3,
    types=TYPES,
    second_looks=10,
    seed="a1" * 16,
    reason="Two copies were found.",
    proposer="P. Nair",
    proposed_at=cast.AT,
)
SECOND = replace(WAITS, version=2, state="confirmed", who="J. Moss", at=cast.AT)
PROPOSAL = rules.RulesProposalFacts(
    types=TYPES, values=NAMES, typable=("completed_on", "hours"), second_looks=5
)
LOOK = looks.SecondFacts(
    number=3107,
    who="Ofc. Ruiz",
    badge="214",
    entries=(WHOLE, CARD),
    approver="P. Nair",
    at=cast.AT - timedelta(minutes=9),
)
FORM = looks.SecondFormFacts(values=NAMES)
FIGURES = figures.CertificateFiguresFacts(days=30, at=cast.AT, recorded=40, smallest=5)


def _rules(code: rules.RulesCode) -> Callable[[Words], Message]:
    facts = rules.RulesDoneFacts(code=code, version=2, who="J. Moss", at=cast.AT)
    return lambda words: rules.done(facts, words)


def _look(code: looks.SecondCode) -> Callable[[Words], Message]:
    facts = looks.SecondDoneFacts(
        code=code, number=3107, who="J. Moss", at=cast.AT, values=("completed_on", "hours")
    )
    return lambda words: looks.done(facts, words)


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    **uploads.EXAMPLES,
    **route_cast.EXAMPLES,
    "review-rules-shipped": lambda words: rules.rules(rules.RulesFacts(in_force=SHIPPED), words),
    "review-rules-waiting": lambda words: rules.rules(
        rules.RulesFacts(
            in_force=SECOND,
            waiting=WAITS,
            earlier=(replace(SECOND, state="refused"), SECOND, SHIPPED),
            may_confirm=True,
        ),
        words,
    ),
    "review-rules-own": lambda words: rules.rules(
        rules.RulesFacts(in_force=SHIPPED, waiting=WAITS, own=True), words
    ),
    "review-rules-form": lambda words: rules.proposal(PROPOSAL, words),
    "review-rules-form-errors": lambda words: rules.proposal(
        replace(
            PROPOSAL,
            second_looks=None,
            errors={
                "second_looks": FieldError(code="too-large", written="101", limit=Decimal(100)),
                "confirmed-card": FieldError(code="empty"),
            },
        ),
        words,
    ),
    **{f"review-rules-done-{code}": _rules(code) for code in get_args(rules.RulesCode)},
    "second-looks": lambda words: looks.listed(looks.SecondsFacts(waiting=(LOOK, LOOK)), words),
    "second-looks-none": lambda words: looks.listed(looks.SecondsFacts(waiting=()), words),
    "second-look": lambda words: looks.card(LOOK, FORM, words),
    "second-look-errors": lambda words: looks.card(
        LOOK, replace(FORM, errors={"said": FieldError(code="empty")}), words
    ),
    **{f"second-look-done-{code}": _look(code) for code in get_args(looks.SecondCode) if code != "opened"},
    "second-look-done-opened": lambda words: looks.done(
        looks.SecondDoneFacts(code="opened", number=3107, link="https://rollcall.example.org/f/abc"), words
    ),
    "certificate-figures": lambda words: figures.figures(
        replace(FIGURES, median=Decimal("92.5"), ninetieth=Decimal(5400), hasty=0, looked=12, differing=1),
        words,
    ),
    "certificate-figures-small": lambda words: figures.figures(FIGURES, words),
    "certificate-figures-none": lambda words: figures.figures(replace(FIGURES, recorded=0), words),
}
