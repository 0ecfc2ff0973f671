"""What somebody says of other things while a certificate waits for their word changes nothing about it."""

import json

from db.queries import uploads
from db.records.uploads import Step
from tests.fakes.reader import UNREADABLE
from tests.scenario.cast import Agency
from tests.scenario.upload_cast import PHOTO, RUIZ, reading_as, sends
from tests.unit.told_cases import CASES
from training.uploads.keeping import opened_draft
from training.uploads.values import Draft

ASIDES = [
    each["text"]
    for each in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    if "aside" in each
]


def test_nothing_that_is_about_something_else_is_a_word_about_the_draft(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        sends(agency, RUIZ, PHOTO, text="autism class today")
        before = _draft(agency)
        taken = []
        for text in ASIDES:
            agency.text(RUIZ, text)
            if _draft(agency) != before:
                taken.append(text)
                before = _draft(agency)
            # Whatever it was, the talk is about the certificate again.
            agency.text(RUIZ, "u-3001")
        assert taken == []
        assert len(ASIDES) >= 40


def _draft(agency: Agency) -> Draft:
    with agency.reading() as conn:
        found = uploads.by_number(conn, agency.agency_id, 3001)
        assert found is not None
        assert found.step is Step.RECEIVED
        row = uploads.draft(conn, agency.agency_id, found.kept.id)
    assert row is not None
    return opened_draft(agency.office.keys, found.kept.id, row.body)
