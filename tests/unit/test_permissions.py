"""Does the table of permissions refuse every slip, and is a person of another agency known by more than a license?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.queries.lateral import Proof
from db.records.facts import AgencyId, Role
from db.records.work import Context, HeldRole
from training.permission_table import ANYBODY, Ask, Permission, PermissionTable, read
from training.walls import Walls

COLUMNS = (ANYBODY, *(each.value for each in Role))
ROWS = tuple(f"{ask.value},{','.join('no' for _ in COLUMNS)}" for ask in Ask)
HEAD = f"ask,{','.join(COLUMNS)}"


def test_a_table_is_read_cell_by_cell_and_its_remarks_are_not() -> None:
    row = f"log,{','.join('purpose' if each == Role.LEGAL else 'no' for each in COLUMNS)}"
    table = read(["# who may", HEAD, "# what", *(row if each.startswith("log,") else each for each in ROWS)])
    allowed = {place: leave for place, leave in table.cells.items() if leave is not Permission.NO}
    assert allowed == {("legal", Ask.LOG): Permission.PURPOSE}
    assert set(table.cells) == {(column, ask) for column in COLUMNS for ask in Ask}


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([HEAD, *ROWS, "everything,yes"], "everything"),
        ([HEAD.replace("legal", "lawyer"), *ROWS], "lawyer"),
        ([HEAD, *ROWS[1:]], "own-record"),
        ([HEAD.rpartition(",")[0], *(each.rpartition(",")[0] for each in ROWS)], Role.ADMINISTRATOR.value),
        ([HEAD, ROWS[0].replace(",no", ",perhaps", 1), *ROWS[1:]], "perhaps"),
        ([HEAD.replace(ANYBODY, "everybody"), *ROWS], "everybody"),
    ],
    ids=["a question", "a role", "a row", "a column", "a cell", "the first column"],
)
def test_a_table_with_a_slip_in_it_allows_nothing_at_all(lines: list[str], names: str) -> None:
    with pytest.raises(ValueError, match=names):
        read(lines)


def test_roles_together_may_what_one_of_them_may_and_a_cell_that_is_not_there_is_no() -> None:
    table = PermissionTable({("legal", Ask.LOG): Permission.PURPOSE, ("records", Ask.LOG): Permission.YES})
    assert table.leaves(("legal", "records", "officer"), Ask.LOG) == {Permission.PURPOSE, Permission.YES}
    assert table.leaves(("officer",), Ask.LOG) == frozenset()
    assert table.leaves(("legal",), Ask.HOLD) == frozenset()


STONE = Proof(
    {("MN", "88123")}, {"stone@ashby.example.org"}, {"612-555-0147"}, {date(2016, 2, 1), date(2018, 1, 1)}
)


@pytest.mark.parametrize(
    ("held", "agree"),
    [
        (STONE, ("license", "email", "mobile", "licensed-on")),
        (replace(STONE, emails={"other@ashby.example.org"}), ("license", "mobile", "licensed-on")),
        (replace(STONE, mobiles=set()), ("license", "email", "licensed-on")),
        (replace(STONE, licensed_on={date(2017, 1, 1)}), ("license", "email", "mobile")),
        (Proof(STONE.licenses, set(), set(), {date(2018, 1, 1)}), ("license", "licensed-on")),
        (replace(STONE, licenses={("WI", "88123")}), ()),
        (replace(STONE, licenses=set()), ()),
        (Proof(STONE.licenses), ()),
        (Proof(STONE.licenses, {"x"}, {"y"}, {date(2017, 1, 1)}), ()),
    ],
)
def test_a_license_and_something_beside_it_agree_or_nobody_is_known(
    held: Proof, agree: tuple[str, ...]
) -> None:
    assert Walls().agreeing(STONE, held) == agree
    assert Walls().agreeing(held, STONE) == agree


NOW = datetime(2027, 3, 2, 20, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def asker(*grants: HeldRole) -> Context:
    """Somebody who holds these grants and of whom nothing else matters."""
    return Context(
        agency_id=AgencyId(1),
        agency_name="",
        time_zone="America/Chicago",
        person_id=1,
        given="",
        family="",
        badge_number="",
        kind="",
        position="",
        rank=None,
        status="active",
        appointed_on=None,
        ended_on=None,
        coordinator="",
        grants=grants,
        conversation=None,
        now=NOW,
        head_seq=0,
    )


@pytest.mark.parametrize(
    ("role", "since", "until", "holds"),
    [
        (Role.LEGAL, NOW - HOUR, None, True),
        (Role.LEGAL, NOW, None, True),
        (Role.LEGAL, NOW + HOUR, None, False),
        (Role.LEGAL, NOW - HOUR, NOW + HOUR, True),
        (Role.LEGAL, NOW - HOUR, NOW, False),
        (Role.AUDITOR, NOW - HOUR, NOW + HOUR, True),
        (Role.AUDITOR, NOW - HOUR, NOW, False),
        (Role.AUDITOR, NOW - HOUR, None, False),
    ],
)
def test_a_grant_gives_its_role_while_it_runs_and_an_auditors_only_with_an_end(
    role: Role, since: datetime, until: datetime | None, holds: bool
) -> None:
    held = HeldRole(role=role, valid_from=since, valid_to=until)
    assert Walls().roles(asker(held)) == (frozenset({role}) if holds else frozenset())
