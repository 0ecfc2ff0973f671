"""People and classes as ``rules evaluate`` is asked about them: one JSON line in, one out."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.commands.evaluation import evaluate_lines

Json = Mapping[str, Any]
MINNESOTA: Json = {
    "status": "active",
    "appointed_on": "2015-04-01",
    "cycle_start": "2024-07-01",
    "cycle_end": "2027-06-30",
    "assignments": [],
}
OREGON: Json = {
    "status": "active",
    "disciplines": ["police"],
    "certificate_level": "basic",
    "cycle_start": "2024-01-01",
    "cycle_end": "2026-12-31",
    "first_aid_cpr_cards": [{"valid_from": "2025-01-01", "valid_to": "2028-01-01"}],
    "assignments": [],
}


def answered(
    officer: Json, records: Sequence[Json] = (), *, state: str = "MN", as_of: str = "2027-03-02"
) -> Any:
    case = {"state": state, "as_of": as_of, "officer": officer, "records": list(records)}
    (line,) = evaluate_lines([json.dumps(case)])
    return json.loads(line, parse_float=Decimal)


def row(answer: Any, requirement: str) -> Any:
    (found,) = [each for each in answer["requirements"] if each["id"] == requirement]
    return found


def of_minnesota(on: str, hours: str, topic: str, **more: Any) -> Json:
    return {"date": on, "hours": hours, "topics": [topic], "board_approved": True, **more}


WELL_TRAINED: Sequence[Json] = (
    of_minnesota("2025-03-04", "1", "use-of-force"),
    of_minnesota("2026-03-03", "1", "use-of-force"),
    of_minnesota("2027-02-02", "1", "use-of-force"),
    of_minnesota("2025-05-06", "8", "evoc"),
    of_minnesota("2025-09-09", "9", "crisis-intervention"),
    of_minnesota("2025-10-07", "4", "autism"),
    of_minnesota("2026-01-13", "1", "conflict-management"),
    of_minnesota("2026-02-10", "1", "diversity-implicit-bias"),
    of_minnesota("2026-04-14", "1", "bias-crimes"),
    of_minnesota("2026-06-09", "1", "officer-wellness"),
    of_minnesota("2026-09-15", "40", "general"),
)
