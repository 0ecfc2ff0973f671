"""What passes between two agencies of one installation, on both sides of the wall."""

from datetime import date

from messages import lateral, releases
from messages.model import Message
from messages.words import Words

ASKED, LATER, LAST = date(2027, 3, 2), date(2027, 3, 4), date(2027, 3, 9)
ASHBY, LAKEMONT = "Ashby Sheriff", "Lakemont PD"
KEPT_STATES: tuple[releases.ReleaseState, ...] = ("allowed", "left", "proposed", "released", "newer")


def asked_of_others(words: Words) -> Message:
    """One request of each state."""
    stone, hall, lee, poole = (f"Officer {name}" for name in ("Stone", "Hall", "Lee", "Poole"))
    requests = (
        lateral.AskedFacts(
            key="1", name=stone, agency=ASHBY, asked_on=ASKED, released_on=LATER, waits=True, classes=12
        ),
        lateral.AskedFacts(key="2", name=hall, agency=ASHBY, asked_on=ASKED),
        lateral.AskedFacts(
            key="3", name=lee, agency=ASHBY, asked_on=ASKED, released_on=LATER, taken_on=LAST, newer=True
        ),
        lateral.AskedFacts(
            key="4", name=poole, agency=ASHBY, asked_on=ASKED, released_on=LATER, taken_on=LAST
        ),
    )
    return lateral.intakes(lateral.IntakesFacts(requests=requests, lines=5), words)


def asked(words: Words) -> Message:
    """A request that was just made."""
    facts = lateral.IntakeDoneFacts(said="asked", agency=ASHBY, name="Officer Stone", badge="311")
    return lateral.intake_done(facts, words)


def taken_in(words: Words) -> Message:
    """A second release with a little of everything."""
    facts = lateral.IntakeDoneFacts(
        said="taken",
        agency=ASHBY,
        name="Officer Stone",
        badge="311",
        brought=12,
        corrected=1,
        withdrawn=1,
        doubtful=2,
        left_alone=1,
    )
    return lateral.intake_done(facts, words)


def about_oneself(words: Words) -> Message:
    """What the officer reads at the agency that holds the record."""
    request = releases.WaitingFacts(key="1:2", agency=LAKEMONT, state="asked", on=ASKED)
    return releases.releases(releases.ReleasesFacts(requests=(request,)), words)


def about_others(words: Words) -> Message:
    """What whoever keeps the record reads, one request of each state."""
    requests = tuple(
        releases.WaitingFacts(
            key=f"{number}:9",
            agency=LAKEMONT,
            name="Deputy Stone",
            badge="47",
            proof=("license", "email", "mobile", "licensed-on"),
            state=state,
            on=LATER,
            several=state == "left",
        )
        for number, state in enumerate(KEPT_STATES, 1)
    )
    return releases.releases(releases.ReleasesFacts(requests=requests, lines=5), words)


def let_go(words: Words) -> Message:
    """A release, with what stays."""
    facts = releases.ReleaseDoneFacts(
        said="released", agency=LAKEMONT, name="Deputy Stone", classes=12, doubtful=1
    )
    return releases.release_done(facts, words)
