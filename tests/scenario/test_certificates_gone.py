"""A file set aside or disposed of while its certificate is under review: nobody approves what nobody can see."""

from collections.abc import Sequence

from db.queries import uploads
from db.records.uploads import FileMark, Step
from messages.model import Message
from tests.fakes.reader import certificate
from tests.scenario.cast import Agency
from tests.scenario.upload_cast import (
    NAIR,
    PHOTO,
    RUIZ,
    as_text,
    looks_at,
    reading_as,
    reviews,
    sends,
    submitted,
    upload,
)

PARK, HALE = "905", "990"


def called(item_id: int) -> str:
    return f"M-{item_id % 10_000_000_000}"


def marks(agency: Agency) -> Sequence[FileMark]:
    with agency.reading() as conn:
        return uploads.marks_of(conn, agency.agency_id, agency.id_of(RUIZ))


def says(agency: Agency, badge: str, text: str) -> Message:
    return agency.ask(badge, text)


def test_a_disposed_file_leaves_nothing_by_which_it_is_known(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(looks="ff00ff00ff00ff00")}) as agency:
        submitted(agency)
        (mark,) = marks(agency)
        says(agency, PARK, f"dispose {called(mark.item_id)} spill")
        says(agency, HALE, f"confirm {called(mark.item_id)}")
        assert agency.entries("content:disposed")
        assert not marks(agency)
        # It was never here, as far as its sender sees.
        assert as_text(agency, sends(agency, RUIZ, PHOTO)).startswith("Got it: U-3002")


def test_what_is_set_aside_before_it_was_looked_at_is_never_approved(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        says(agency, PARK, f"set aside {called(marks(agency)[0].item_id)}")
        agency.ask(NAIR, "open u-3001")
        assert "Nothing was approved." in reviews(agency)
        assert upload(agency).step is Step.SUBMITTED
        # It can go back all the same.
        agency.text(NAIR, "return u-3001 because the file cannot be shown")
        assert upload(agency).step is Step.RETURNED


def test_what_is_set_aside_after_it_was_looked_at_is_not_approved_either(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        says(agency, PARK, f"set aside {called(marks(agency)[0].item_id)}")
        assert agency.entries("content:set-aside")
        reviews(agency)
        assert upload(agency).step is Step.SUBMITTED
