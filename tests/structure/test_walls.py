"""Does every question to the database say whose agency it is of? What serves the whole installation is named here."""

import ast
from collections.abc import Iterator

from tests.structure.checkout import modules

# By module of db/queries. Nothing of it answers a person: a worker serves every agency, and a door asks which it is.
FOR_THE_INSTALLATION = {
    "agencies": {"agencies", "at_door"},
    "another_try": {"again", "elsewhere", "forget_what_is_over", "tries_at"},
    "calendars": {"find", "give"},  # who has the token has the address; what is kept of it names the agency
    "heartbeats": {"ages", "beat"},
    "inbox": {"claim", "counts", "keep", "place_in_rush", "put_back", "unclaimed"},
    "lateral": {"changed_since", "proof_behind"},  # between two agencies; the request names both
    "ledger": {
        "advance",
        "attempts_at",
        "begin_sending",
        "channels_due",
        "claim",
        "counts",
        "doubt_everything",
        "end",
        "forget_body",
        "is_planned",
        "keep",
        "lost",
        "not_carried",
        "plan",
    },
    "links": {"clear", "find", "keep"},  # who has the token has the link; what is kept of it names the agency
    "loose_files": {"forget_what_was_begun"},
    "pauses": {"hold_back", "quiet_until"},
    "sent_before": {"refs_of_others"},
    "turns": {"is_in_turn", "tried", "waiting"},
    "uploads": {"claim_unread", "left_open"},
}


def without_scope(module: str, tree: ast.Module) -> Iterator[str]:
    """Public questions of a module that take a connection and no agency."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            taken = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            if "conn" in taken and "agency_id" not in taken:
                yield f"{module}.{node.name}"


def test_every_query_takes_the_agency_it_is_of() -> None:
    found = {
        each
        for path, tree in modules("db")
        if path.parts[1] == "queries"
        for each in without_scope(path.stem, tree)
    }
    allowed = {f"{module}.{name}" for module, names in FOR_THE_INSTALLATION.items() for name in names}
    assert found - allowed == set(), "every query takes an agency_id"
    assert allowed - found == set(), "named here, and not there any more"


def test_a_query_without_an_agency_is_caught() -> None:
    planted = "def roster(conn, day): ...\ndef person(conn, agency_id, day): ...\ndef _own(conn): ...\n"
    assert list(without_scope("people", ast.parse(planted))) == ["people.roster"]
