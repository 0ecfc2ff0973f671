"""Who is on the shift that begins tonight, who is away, and who supervises it: as the roll call asks."""

from datetime import date, datetime, timedelta

from db.queries import people, reporting
from db.records.facts import Leave
from db.records.shifts import WorkKind, WorkSpan
from tests.scenario.cast import LAKEMONT, Agency
from tests.scenario.duty_cast import every_night, span
from training.shifts.roll import ShiftStart, any_begins, shift_starting, supervising

OKAFOR, ADEYEMI, RAHIMI, LEE, NOVAK, TILLMAN = "77", "71", "224", "231", "240", "246"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LAKEMONT)


def tonight(
    agency: Agency, since: str = "2027-03-02 14:10", until: str = "2027-03-03 14:10"
) -> tuple[ShiftStart, ...]:
    """The shifts of Sergeant Okafor's people that begin now or in the day after."""
    with agency.reading() as conn:
        below = reporting.people_below(conn, agency.agency_id, agency.id_of(OKAFOR), agency.clock.at)
        return shift_starting(conn, agency.agency_id, sorted(below), (wall(since), wall(until)))


def records(agency: Agency, *facts: WorkSpan | Leave) -> None:
    with agency.writing() as writer:
        writer.record(every_night(agency), *facts)


def led_by(agency: Agency, start: ShiftStart) -> int | None:
    with agency.reading() as conn:
        return supervising(conn, agency.agency_id, start)


def test_eight_are_assigned_to_the_night_and_seven_are_on(embedded: Agency) -> None:
    records(embedded)
    [start] = tonight(embedded)
    assert (start.at, start.ends, start.name) == (
        wall("2027-03-02 18:00"),
        wall("2027-03-03 06:00"),
        "B shift",
    )
    assert (len(start.on), start.away) == (7, (embedded.id_of(RAHIMI),))
    assert start.on_leave == start.away
    assert led_by(embedded, start) == embedded.id_of(OKAFOR)
    # A shift belongs to the window in which it begins.
    assert tonight(embedded, "2027-03-02 18:01", "2027-03-03 18:00") == ()
    assert tonight(embedded, "2027-03-02 18:00", "2027-03-02 18:01") == (start,)


def test_court_a_day_off_and_a_swap_are_away(
    embedded: Agency,
) -> None:
    records(
        embedded,
        span(embedded, NOVAK, WorkKind.COURT, "2027-03-02 17:00", "2027-03-02 19:00"),
        span(embedded, LEE, WorkKind.OFF, "2027-03-02 00:00", "2027-03-03 00:00"),
        span(embedded, TILLMAN, WorkKind.SWAP, "2027-03-03 06:00", "2027-03-03 14:00"),
        span(embedded, TILLMAN, WorkKind.OFF, "2027-03-02 18:00", "2027-03-03 06:00"),
    )
    night, morning = tonight(embedded)
    novak, lee, tillman = (embedded.id_of(each) for each in (NOVAK, LEE, TILLMAN))
    assert {novak, lee, tillman, embedded.id_of(RAHIMI)} == set(night.away)
    assert (night.in_court, len(night.on)) == ((novak,), 4)
    # Another shift than the night, and nobody gave it a name.
    assert (morning.at, morning.name, morning.on, morning.away) == (
        wall("2027-03-03 06:00"),
        "",
        (tillman,),
        (),
    )


def test_overtime_joins_the_shift_that_begins_with_it_and_is_none_of_its_own(embedded: Agency) -> None:
    records(
        embedded,
        span(embedded, ADEYEMI, WorkKind.OVERTIME, "2027-03-02 18:00", "2027-03-02 22:00"),
        span(embedded, LEE, WorkKind.OVERTIME, "2027-03-02 15:00", "2027-03-02 18:00"),
    )
    everybody = [embedded.id_of(each) for each in (ADEYEMI, LEE, NOVAK)]
    with embedded.reading() as conn:
        [night] = shift_starting(
            conn, embedded.agency_id, everybody, (wall("2027-03-02 14:00"), wall("2027-03-02 20:00"))
        )
    assert (set(night.on), night.ends) == (set(everybody), wall("2027-03-03 06:00"))


def test_a_sergeant_who_swapped_away_does_not_supervise_and_one_who_swapped_in_does(embedded: Agency) -> None:
    records(
        embedded,
        span(embedded, OKAFOR, WorkKind.SWAP, "2027-03-02 06:00", "2027-03-02 16:00"),
    )
    [start] = tonight(embedded)
    assert led_by(embedded, start) is None
    with embedded.writing() as writer:
        writer.record(span(embedded, ADEYEMI, WorkKind.SWAP, "2027-03-02 18:00", "2027-03-03 06:00"))
    assert led_by(embedded, start) == embedded.id_of(ADEYEMI)


def test_a_leave_of_the_sergeant_leaves_the_shift_to_whoever_is_next(embedded: Agency) -> None:
    records(
        embedded,
        Leave(
            person_id=embedded.id_of(OKAFOR),
            kind="leave",
            starts_on=date(2027, 3, 1),
            ends_on=date(2027, 3, 5),
        ),
    )
    [start] = tonight(embedded)
    assert led_by(embedded, start) is None


def test_whether_any_shift_begins_is_asked_before_anybody_is_looked_up(embedded: Agency) -> None:
    records(embedded, span(embedded, NOVAK, WorkKind.OVERTIME, "2027-03-04 09:30", "2027-03-04 12:30"))
    since, windows = wall("2027-03-02 00:00"), 0
    with embedded.reading() as conn:
        everybody = [each.person_id for each in people.roster(conn, embedded.agency_id)]
        starts = shift_starting(conn, embedded.agency_id, everybody, (since, since + timedelta(days=3)))
        for half_hour in range(144):
            window = (
                since + timedelta(minutes=30 * half_hour),
                since + timedelta(minutes=30 * half_hour + 30),
            )
            begins = any(window[0] <= each.at < window[1] for each in starts)
            found = any_begins(conn, embedded.agency_id, window)
            assert found or not begins, window
            windows += found
    # Morning, evening and one that is no shift of its own.
    assert 0 < windows < 20


def test_the_demo_s_people_work_when_its_stories_say(embedded: Agency) -> None:
    nights = [
        f"{start.at.astimezone(LAKEMONT):%m-%d}"
        for start in tonight(embedded, "2027-06-06 12:00", "2027-06-12 12:00")
    ]
    assert nights == ["06-07", "06-08", "06-10", "06-11"]
    [start] = tonight(embedded)
    assert (start.at, len(start.on), len(start.away)) == (wall("2027-03-02 18:00"), 7, 1)
    [march] = tonight(embedded, "2027-03-17 12:00", "2027-03-18 12:00")
    assert march.ends == wall("2027-03-18 06:00")
    whitman = [embedded.id_of("611")]
    with embedded.reading() as conn:
        window = (wall("2027-03-09 12:00"), wall("2027-03-14 00:00"))
        hers = shift_starting(conn, embedded.agency_id, whitman, window)
    # Off from Friday morning: the class on Saturday the 13th is on her own time.
    assert [f"{each.ends.astimezone(LAKEMONT):%m-%d %H:%M}" for each in hers] == [
        "03-10 06:00", "03-11 06:00", "03-12 06:00",
    ]  # fmt: skip
