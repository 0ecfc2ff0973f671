"""Does Teams get what it takes, say everything in words, and never make more of a text than a text?"""

import pytest

from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import drawn, kept
from tests.unit.slack_cast import offered
from tests.unit.teams_cast import WORDS, bar_of, draw, pressed, wrong_with


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_looks_as_reviewed_and_teams_takes_it_whole(name: str) -> None:
    assert drawn(name, "teams") == kept("teams", name).read_text(encoding="utf-8")

    said = EXAMPLES[name](WORDS)
    found = draw(said)
    assert wrong_with(found) == []
    if found.card is None:
        assert offered(said) == []
        return
    assert "no room" not in str(found.card["body"])
    leads = pressed(found)
    if len(offered(said)) - len(leads) > 12:
        # Many are words to type.
        assert len(bar_of(found)) == 6
    else:
        assert sorted(map(str, leads)) == sorted(map(str, offered(said)))
