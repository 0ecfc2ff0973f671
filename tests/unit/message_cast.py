"""One example of every message, so that each can be seen, counted and drawn for every channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from messages import (
    about,
    access,
    deadlines,
    duplicates,
    elsewhere,
    expiry,
    explain,
    figures,
    history,
    home,
    intake,
    log,
    moment,
    openings,
    own_transcript,
    picture,
    record,
    status,
    team,
    what_if,
)
from messages.answer import StatusFacts
from messages.introduction import IntroductionFacts, introduction
from messages.kinds import MessageKind
from messages.model import Link, Message
from messages.records import RecordFacts
from messages.timeline import CycleFacts
from messages.trail import Somebody, TrailEntryFacts
from messages.words import Words
from rules.standing import LineState, Remark, StandingLine, StandingWord
from tests.unit import (
    after_approval_cast,
    approval_cast,
    course_cast,
    digest_cast,
    directory_cast,
    dry_run_cast,
    jobs_cast,
    limits_cast,
    people_cast,
    phone_cast,
    proof_cast,
    reach_cast,
    reminder_cast,
    request_cast,
    selfcheck_cast,
    shared_phone_cast,
    trouble_cast,
)
from tests.unit import content_cast as kept
from tests.unit import entry_cast as entries
from tests.unit import keeper_cast as keeper
from tests.unit import lateral_cast as lateral
from tests.unit import review_rules_cast as uploads
from tests.unit import standing_cast as cast
from tests.unit import ticket_cast as asked

Example = Callable[[Words], Message]

RULE = explain.RuleFacts(
    short="CE-48",
    label="Continuing education",
    pack=cast.STATE_PACK,
    duty="An officer completes 48 hours of continuing education in each licensing cycle.",
    citation="Minn. R. 6700.0900",
    sources=(Link("Minn. R. 6700.0900", "https://www.revisor.mn.gov/rules/6700.0900/"),),
    effective_from=date(2024, 7, 1),
    confidence="official",
    reviewed_on=date(2027, 1, 15),
)


def completion(number: int, hours: str | None = "2.25", **changes: object) -> RecordFacts:
    record = RecordFacts(
        ref=f"C-{1000 + number}",
        on=date(2024, 8, 5) + timedelta(days=60 * number),
        title=f"Patrol refresher part {number}",
        hours=None if hours is None else Decimal(hours),
    )
    return replace(record, **changes)  # type: ignore[arg-type]  # whatever a test names


def why_ruiz(words: Words) -> Message:
    return explain.why(
        explain.WhyFacts(
            rule=RULE,
            state=LineState.OPEN,
            today=cast.AS_OF,
            counted=tuple(completion(number) for number in range(14)),
            not_counted=(completion(20, reasons=(Remark("before-window"),)),),
            hours_counted=Decimal("31.5"),
            hours_required=Decimal(48),
            topics_left=Decimal(6),
            since=date(2024, 7, 1),
            due_on=cast.CYCLE_END,
            requirement="mn-ce-48",
        ),
        words,
    )


def why_of_an_event(words: Words) -> Message:
    rule = replace(
        RULE, short="TSR-12", label="TASER", pack=cast.AGENCY_PACK, sources=(), confidence="agency"
    )
    facts = explain.WhyFacts(
        rule=rule,
        state=LineState.MET,
        today=cast.AS_OF,
        counted=(completion(3, None, title="TASER requalification", passed=True),),
        not_counted=(completion(4, "4", reasons=(Remark("approval-unknown"),)),),
        due_on=date(2027, 10, 4),
        remarks=(Remark("sources-differ-on-date"),),
    )
    return explain.why(facts, words)


def second_page(words: Words) -> Message:
    facts = explain.ListFacts(
        rule=RULE,
        today=cast.AS_OF,
        counted=tuple(completion(number) for number in range(14)),
        not_counted=(
            completion(20, reasons=(Remark("wrong-topic"),)),
            completion(21, None, reasons=(Remark("hours-missing"),)),
        ),
        page=2,
    )
    return explain.record_list(facts, words)


def year_of_ruiz(words: Words) -> Message:
    records = (
        completion(9, "8", title="Emergency driving", score=Decimal("92.50"), passed=True),
        completion(8, None, title="TASER requalification", passed=True, evidence="1 photo"),
        completion(7, "4", title="De-escalation"),
    )
    facts = history.HistoryFacts(name="Ruiz", records=records, asked="2026", undated=1)
    return history.history(facts, words)


def cards_of_novak(words: Words) -> Message:
    cards = (
        expiry.CredentialFacts(
            label="CPR",
            state=LineState.OVERDUE,
            expires_on=date(2027, 2, 27),
            consequence="no AED or FTO duty until renewed",
        ),
        expiry.CredentialFacts(label="Peace officer license", state=LineState.MET, expires_on=cast.CYCLE_END),
        expiry.CredentialFacts(label="Firearms", detail="patrol rifle", state=LineState.UNKNOWN),
    )
    facts = expiry.ExpiryFacts(
        name="Novak", credentials=cards, at=cast.AT, today=cast.AT.date(), agency="Lakemont PD"
    )
    return expiry.expiry(facts, words)


def autism_class(words: Words) -> Message:
    before = cast.ruiz()
    after = cast.standing(
        StandingWord.NOT_YET, (*cast.ce_lines("35.5", "4", "0", "2"), cast.TASER, cast.CPR), percent=73
    )
    facts = what_if.WhatIfFacts(before=before, after=after, supposed="Autism 4 h on Mar 18")
    return what_if.what_if(facts, words)


def autism_class_of_a_day(words: Words) -> Message:
    """The same class, supposed for another day: nothing in it is called today."""
    return autism_class(words.about(cast.AT.date()))


def cards_of_may(words: Words) -> Message:
    none = expiry.ExpiryFacts(
        name="Novak",
        credentials=(),
        at=cast.AT,
        today=cast.AT.date(),
        agency="Lakemont PD",
        within=(date(2027, 5, 1), date(2027, 5, 31)),
    )
    return expiry.expiry(none, words)


def taser_of_ruiz(words: Words) -> Message:
    facts = team.PersonStandingFacts(status=cast.ruiz(), full_name="Ofc. Dana Ruiz")
    return team.person_on_topic(facts, "TASER", (cast.TASER,), words)


def b_shift(words: Words) -> Message:
    people = (
        ("Ofc. Ruiz", cast.ruiz()),
        ("Ofc. Lee", cast.lee()),
        ("Ofc. Novak", cast.novak()),
        ("Ofc. Hall", cast.doubtful()),
        ("Ofc. Ito", cast.unchecked()),
        ("Ofc. Meyer", cast.three_groups()),
    )
    rows = tuple(
        team.TeamRow(name=name, word=each.standing.word, first=team.most_urgent(each.standing))
        for name, each in people
    )
    facts = team.TeamFacts(
        group="B shift",
        rows=rows,
        excluded=(("on-leave", 1), ("protected", 1)),
        at=cast.AT,
        today=cast.AT.date(),
        packs=(cast.STATE_PACK, cast.AGENCY_PACK),
    )
    return team.team(facts, words)


def looks(words: Words) -> Message:
    facts = access.WhoSawFacts(
        name="Ruiz",
        looks=(
            access.LookFacts(
                at=cast.AT, who="Sgt. Okafor", what="status", door="desk", purpose="Scheduling training"
            ),
            access.LookFacts(at=cast.AT, who="", what="status", door="terminal"),
        ),
    )
    return access.who_saw(facts, words)


def groups(words: Words) -> Message:
    facts = figures.FiguresFacts(
        agency="Lakemont PD",
        whole=figures.GroupFacts(people=47, met=14, open=26, overdue=5, unknown=2),
        groups=(
            figures.GroupFacts(units=("A Shift",), people=11, met=2, open=7, overdue=2, unknown=0),
            figures.GroupFacts(units=("K9", "Investigations"), people=7, met=1, open=6, overdue=0, unknown=0),
        ),
        on_leave=5,
        unshown=1,
        at=cast.AT,
        packs=(cast.STATE_PACK, cast.AGENCY_PACK),
    )
    return figures.figures(facts, words)


def waiting_openings(words: Words) -> Message:
    waiting = openings.OpeningFacts(
        at=cast.AT,
        until=cast.AT + timedelta(minutes=60),
        viewer="Sgt. Okafor",
        whom="Ofc. Hall",
        reason="hospital asks for his CPR card",
    )
    message = openings.openings(openings.OpeningsFacts((waiting,), up_to="10000000077"), words)
    return openings.with_notice(message, 1, words)


def newest_entries(words: Words) -> Message:
    okafor, hall = Somebody(1, "Sgt. Okafor"), Somebody(2, "Ofc. Hall")
    opened = TrailEntryFacts(
        position=412,
        at=cast.AT,
        tag="record:opened",
        hash="ab12",
        who=okafor,
        whom=hall,
        reason="hospital asks for his CPR card",
    )
    listed = TrailEntryFacts(position=411, at=cast.AT, tag="list:viewed", hash="cd34", who=okafor, people=7)
    signed = TrailEntryFacts(position=410, at=cast.AT, tag="openings:seen", hash="ef56", who=okafor)
    return log.log(log.LogFacts(entries=(opened, listed, signed), is_last=False), words)


def too_few(words: Words) -> Message:
    facts = figures.FiguresFacts(
        agency="Ashby PD", whole=None, groups=(), on_leave=0, unshown=0, at=cast.AT, packs=()
    )
    return figures.figures(facts, words)


def driving_topic(words: Words) -> Message:
    of = cast.ruiz().standing
    lines = tuple(line for line in of.lines if line.short == "AUT-4")
    return status.topic_status(topic("Autism", lines), words)


def topic(asked: str, lines: tuple[StandingLine, ...]) -> status.TopicFacts:
    return status.TopicFacts(
        name="Ruiz",
        asked=asked,
        lines=lines,
        standing=cast.ruiz().standing,
        at=cast.AT,
        agency="Lakemont PD",
    )


def cycle(status_facts: StatusFacts, records: int = 14) -> CycleFacts:
    counted = tuple(completion(number) for number in range(records))
    return CycleFacts(status=status_facts, start=date(2024, 7, 1), end=cast.CYCLE_END, counted=counted)


def picture_of(facts: CycleFacts, words: Words, looked_at: str = "") -> Message:
    return picture.picture(picture.PictureFacts(cycle=facts, looked_at=looked_at), words)


TRANSCRIPT_LINK = own_transcript.TranscriptLinkFacts(
    href="https://desk.lakemont.example/f/k0p6cWqC4hJt2m9Yb1eXfR7uN5vA3sLdGzQx8TiPoEw", records=32, minutes=10
)
NO_TRANSCRIPT = own_transcript.NoTranscriptFacts(badge="214", coordinator="P. Nair", at_terminal=False)


# Examples that stand beside their own subject.
BY_SUBJECT = (
    after_approval_cast,
    asked,
    uploads,
    kept,
    course_cast,
    limits_cast,
    people_cast,
    phone_cast,
    proof_cast,
    approval_cast,
    digest_cast,
    directory_cast,
    dry_run_cast,
    jobs_cast,
    reach_cast,
    reminder_cast,
    request_cast,
    selfcheck_cast,
    shared_phone_cast,
    trouble_cast,
)

EXAMPLES: dict[str, Example] = {
    "status-not-yet": lambda words: status.own_status(cast.ruiz(), words),
    "status-yes": lambda words: status.own_status(cast.lee(), words),
    "status-overdue": lambda words: status.own_status(cast.novak(), words),
    "status-unknown": lambda words: status.own_status(cast.doubtful(), words),
    "status-dispatcher": lambda words: status.own_status(cast.whitman(), words),
    "status-unchecked": lambda words: status.own_status(cast.unchecked(), words),
    "status-four-groups": lambda words: status.own_status(cast.three_groups(), words),
    "status-topic": driving_topic,
    "status-topic-no-rule": lambda words: status.topic_status(topic("Scuba", ()), words),
    "picture": lambda words: picture_of(cycle(cast.ruiz()), words),
    "picture-of-somebody": lambda words: picture_of(cycle(cast.novak(), 16), words, "Novak"),
    "picture-several-days": lambda words: picture_of(cycle(cast.three_groups(), 2), words),
    "picture-in-doubt": lambda words: picture_of(cycle(cast.doubtful(), 1), words),
    "picture-unchecked": lambda words: picture_of(cycle(cast.unchecked(), 2), words),
    "picture-cards-only": lambda words: picture_of(CycleFacts(status=cast.cards_only()), words),
    "picture-cycle-unknown": lambda words: picture_of(CycleFacts(status=cast.cycle_unknown()), words),
    "picture-of-nothing": lambda words: picture_of(CycleFacts(status=cast.no_rules()), words),
    "home": lambda words: home.home(cycle(cast.ruiz()), words),
    "home-cards-only": lambda words: home.home(CycleFacts(status=cast.cards_only()), words),
    "missing": lambda words: status.missing(status.MissingFacts(status=cast.three_groups()), words),
    "missing-nothing": lambda words: status.missing(status.MissingFacts(status=cast.lee()), words),
    "hours-left": lambda words: status.hours_left(cast.ruiz(), words),
    "next-deadline": lambda words: deadlines.next_deadline(cast.ruiz(), words),
    "deadlines": lambda words: deadlines.deadlines(
        deadlines.DeadlinesFacts(status=cast.three_groups(), days=90), words
    ),
    "deadlines-most": lambda words: deadlines.deadlines(
        deadlines.DeadlinesFacts(status=cast.three_groups(), days=3650, is_cut=True), words
    ),
    "expiry": cards_of_novak,
    "expiry-none-in-may": cards_of_may,
    "why": why_ruiz,
    "why-event": why_of_an_event,
    "why-not-mine": lambda words: explain.why_not_mine(
        explain.ElsewhereFacts(
            topic="Use of force",
            pack=cast.STATE_PACK,
            position="telecommunicator",
            position_since=date(2022, 5, 3),
        ),
        words,
    ),
    "list": second_page,
    "history": year_of_ruiz,
    "record": lambda words: record.one_record(entries.A_RECORD, words),
    "record-corrected": lambda words: record.one_record(entries.CORRECTED, words),
    "record-replaced": lambda words: record.one_record(entries.REPLACED, words),
    "record-no-credit": lambda words: record.one_record(entries.NO_CREDIT, words),
    "record-withdrawn": entries.moved_and_withdrawn,
    "no-record": record.no_record,
    "what-if": autism_class,
    "what-if-of-a-day": autism_class_of_a_day,
    "what-if-form": entries.form,
    "what-if-form-half-filled": entries.form_half_filled,
    "what-if-form-errors": entries.form_with_errors,
    "what-if-unknown": lambda words: what_if.what_if_unknown(
        what_if.WhatIfUnknownFacts(name="Ruiz", supposed="the law changes", coordinator="P. Nair"), words
    ),
    "team": b_shift,
    "person": lambda words: team.person(
        team.PersonStandingFacts(status=cast.ruiz(), full_name="Ofc. Dana Ruiz"), words
    ),
    "person-topic": taser_of_ruiz,
    "refused-person-matter": lambda words: access.refused_person(
        access.RefusedPersonFacts("P. Nair", matter=True), words
    ),
    "refused-person": lambda words: access.refused_person(access.RefusedPersonFacts("P. Nair"), words),
    "which-person": lambda words: team.which_person(
        team.WhichPersonFacts("Lee", (("Ofc. Sam Lee", "231"), ("Ofc. Ann Lee", "232"))), words
    ),
    "figures": groups,
    "figures-too-few": too_few,
    "who-saw": looks,
    "duplicates": keeper.what_may_be_twice,
    "duplicates-past": keeper.what_waited_once,
    "duplicates-none": lambda words: duplicates.duplicates(duplicates.DuplicatesFacts(proposals=()), words),
    "duplicate-decided": lambda words: duplicates.decided(
        duplicates.DuplicateDecidedFacts(subject="completions", same=True, goes="74", stays="73", left=2),
        words,
    ),
    "completeness": keeper.year_of_everybody,
    "completeness-person": keeper.years_of_stone,
    "intake-whose": intake.whose_intake,
    "intake": keeper.intake_of_stone,
    "intakes": lateral.asked_of_others,
    "intake-done-asked": lateral.asked,
    "intake-done-taken": lateral.taken_in,
    "releases": lateral.about_others,
    "releases-own": lateral.about_oneself,
    "release-done": lateral.let_go,
    "record-opened": lambda words: openings.opened(
        openings.RecordOpenedFacts(
            full_name="Ofc. Colin Hall",
            badge="205",
            until=cast.AT + timedelta(minutes=60),
            reason="hospital asks for his CPR card",
        ),
        words,
    ),
    "record-not-opened": openings.not_opened,
    "record-not-opened-several": lambda words: openings.not_opened(words, several=True),
    "openings": waiting_openings,
    "openings-none": lambda words: openings.openings(openings.OpeningsFacts((), signed=1), words),
    "log": newest_entries,
    "log-of-a-day": lambda words: log.log(
        log.LogFacts(entries=(), days=(date(2027, 3, 1), date(2027, 3, 1))), words
    ),
    "before-the-file": lambda words: moment.before_the_file(
        moment.BeforeTheFileFacts(agency="Lakemont PD", day=date(2012, 3, 1), begins=date(2020, 1, 1)), words
    ),
    "nothing-was-on-file": lambda words: moment.nothing_was_on_file(
        moment.NothingOnFileFacts(agency="Lakemont PD", known=cast.AT), words
    ),
    "about-now-only": lambda words: moment.now_only(
        moment.NowOnlyFacts(day=date(2027, 3, 1), reads_log=True), words
    ),
    "about-now-only-no-log": lambda words: moment.now_only(
        moment.NowOnlyFacts(day=date(2027, 3, 1), reads_log=False), words
    ),
    "are-you-ai": about.are_you_ai,
    "help-ai": about.help_ai,
    "glossary": lambda words: about.glossary(about.GlossaryFacts("credentials", "credential"), words),
    "glossary-missing": lambda words: about.glossary(about.GlossaryFacts("flux"), words),
    "menu": lambda words: about.menu(about.MenuFacts(about.MENU_ROUTES), words),
    "menu-more": lambda words: about.menu(about.MenuFacts(about.MENU_ROUTES, page=2), words),
    "help": lambda words: about.help_text(about.MenuFacts(about.MENU_ROUTES), words),
    "answered-privately": elsewhere.answered_privately,
    "answered-privately-file": lambda words: elsewhere.answered_privately(words, with_file=True),
    "answered-not-installed": elsewhere.not_installed,
    "delete-copy": elsewhere.delete_copy,
    "which-file": elsewhere.which_file,
    "transcript": lambda words: own_transcript.transcript(TRANSCRIPT_LINK, words),
    "transcript-kept": lambda words: own_transcript.transcript(replace(TRANSCRIPT_LINK, href=""), words),
    "transcript-no-link": lambda words: own_transcript.no_transcript(NO_TRANSCRIPT, words),
    "transcript-at-terminal": lambda words: own_transcript.no_transcript(
        replace(NO_TRANSCRIPT, at_terminal=True), words
    ),
    "introduction": lambda words: introduction(IntroductionFacts("Lakemont PD"), words),
    "greeting": lambda words: about.greeting(about.GreetingFacts("Ruiz", "Lakemont PD"), words),
    "thanks": about.thanks,
    "human": lambda words: about.human(about.HumanFacts(coordinator="P. Nair"), words),
    "not-allowed": lambda words: access.not_allowed(access.NotAllowedFacts("a supervisor"), words),
    **{name: build for each in BY_SUBJECT for name, build in each.EXAMPLES.items()},
}


def kinds(words: Words) -> set[MessageKind]:
    return {build(words).kind for build in EXAMPLES.values()}
