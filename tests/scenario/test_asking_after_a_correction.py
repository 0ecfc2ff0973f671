"""Does a correction change today's answer, and does the record still know what it said before?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.errors import AlreadyReplacedError
from db.records.facts import Card, Completion, Employment
from tests.scenario.cast import SMS, Agency

RUIZ, LEE, NOVAK, WHITMAN, NAKAGAWA, NGUYEN = "214", "231", "240", "611", "229", "187"
TOTAL = "mn-ce-total-48"


def hours(agency: Agency, badge: str, known_at: int | None = None) -> Decimal | None:
    """Hours counted in the total of the licensing cycle."""
    line = agency.standing(badge, known_at=known_at).line(TOTAL)
    assert line is not None
    return line.hours_counted


def test_hours_that_are_put_right_are_put_right_in_the_next_answer(lakemont: Agency) -> None:
    assert "31.5 of 48 h (65%)" in lakemont.text(RUIZ, "am i good")
    before = lakemont.sequence()
    kept = lakemont.completions(RUIZ, "domestic-violence")[0]
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal("2.25")))
    assert "29.75 of 48 h (61%)" in lakemont.text(RUIZ, "am i good")
    assert (hours(lakemont, RUIZ), hours(lakemont, RUIZ, before)) == (Decimal("29.75"), Decimal("31.5"))


def test_a_topic_that_is_put_right_closes_the_duty(lakemont: Agency) -> None:
    kept = lakemont.completions(RUIZ, "domestic-violence")[0]
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, topics=("autism",), topic_hours={}))
    said = lakemont.text(RUIZ, "am i good")
    assert "31.5 of 48 h" in said
    assert "Autism" not in said


def test_a_withdrawn_class_is_gone_from_answer_list_and_history_and_still_known_of_old(
    lakemont: Agency,
) -> None:
    assert lakemont.text(LEE, "am i good").startswith("YES, Lee.")
    before = lakemont.sequence()
    kept = lakemont.completions(LEE, "autism")[0]
    with lakemont.writing() as writer:
        writer.withdraw(kept.id, Completion)
    said = lakemont.text(LEE, "am i good")
    assert said.startswith("NOT YET, Lee. 45.5 of 48 h (94%)")
    assert "Autism 4 h" in said
    for text in ("history 2025", "list"):
        assert "Autism" not in lakemont.screen(LEE, text), text
    assert lakemont.standing(LEE, known_at=before).word == "YES"
    assert lakemont.standing(LEE).word == "NOT YET"


def test_two_who_correct_the_same_record_do_not_both_win(lakemont: Agency) -> None:
    kept = lakemont.completions(RUIZ, "domestic-violence")[0]
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal(3)))
    with pytest.raises(AlreadyReplacedError), lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal(5)))
    assert hours(lakemont, RUIZ) == Decimal("30.5")


def test_a_class_that_is_recorded_late_counts_today_and_was_not_known_then(lakemont: Agency) -> None:
    lakemont.text(RUIZ, "am i good")
    then = lakemont.sequence()
    lakemont.at("2027-05-03 09:00").completes(RUIZ, "2026-11-10", "4", "autism")
    assert "35.5 of 48 h (73%)" in lakemont.text(RUIZ, "am i good")
    assert lakemont.standing(RUIZ, date(2027, 3, 2)).line(TOTAL) != lakemont.standing(
        RUIZ, date(2027, 3, 2), known_at=then
    ).line(TOTAL)
    assert hours(lakemont, RUIZ, then) == Decimal("31.5")


def test_what_was_known_on_the_day_can_be_asked_after_any_number_of_corrections(lakemont: Agency) -> None:
    moments = [(lakemont.sequence(), hours(lakemont, RUIZ))]
    kept_id = lakemont.completions(RUIZ, "domestic-violence")[0].id
    fact = lakemont.completions(RUIZ, "domestic-violence")[0].fact
    for corrected in ("1", "7.75", "0.25"):
        with lakemont.writing() as writer:
            kept_id = writer.correct(kept_id, replace(fact, hours=Decimal(corrected)))
        moments.append((lakemont.sequence(), hours(lakemont, RUIZ)))
    assert [counted for _, counted in moments] == [
        Decimal(each) for each in ("31.5", "28.5", "35.25", "27.75")
    ]
    assert [hours(lakemont, RUIZ, sequence) for sequence, _ in moments] == [counted for _, counted in moments]


def test_a_class_that_belonged_to_somebody_else_moves_in_both_answers(lakemont: Agency) -> None:
    lakemont.text(RUIZ, "am i good")
    assert lakemont.text(LEE, "am i good").startswith("YES")
    kept = lakemont.completions(LEE, "autism")[0]
    with lakemont.writing() as writer:
        writer.correct(kept.id, replace(kept.fact, person_id=lakemont.id_of(RUIZ)))
    assert lakemont.text(LEE, "am i good").startswith("NOT YET")
    said = lakemont.text(RUIZ, "am i good")
    assert "35.5 of 48 h" in said
    assert "Autism" not in said


def test_a_renewed_card_ends_overdue_at_once(lakemont: Agency) -> None:
    assert lakemont.text(NOVAK, "am i good").startswith("OVERDUE")
    with lakemont.writing() as writer:
        writer.record(
            Card(
                person_id=lakemont.id_of(NOVAK),
                covers=("cpr",),
                valid_from=date(2027, 3, 2),
                valid_to=date(2029, 3, 2),
            )
        )
    assert lakemont.text(NOVAK, "am i good").startswith("YES")


@pytest.mark.parametrize("badge", [NAKAGAWA, NGUYEN])
def test_unknown_is_settled_by_putting_the_record_right(lakemont: Agency, badge: str) -> None:
    assert lakemont.ask(badge, "am i good").first_word == "UNKNOWN"
    doubtful = [
        kept
        for kept in lakemont.completions(badge)
        if kept.fact.completed_on >= date(2024, 7, 1)
        and (not kept.fact.topics or kept.fact.board_approved is None)
    ]
    assert doubtful
    topic = {NAKAGAWA: "autism", NGUYEN: "bias-crimes"}[badge]
    for kept in doubtful:
        topics = kept.fact.topics or (topic,)
        with lakemont.writing() as writer:
            writer.correct(kept.id, replace(kept.fact, topics=topics, topic_hours={}, board_approved=True))
    assert lakemont.ask(badge, "am i good").first_word == "YES"


def test_a_position_that_is_put_right_changes_which_pack_answers(lakemont: Agency) -> None:
    lakemont.text(WHITMAN, "am i good")
    with lakemont.reading():
        person = lakemont.judged(WHITMAN).person
    sworn = replace(person.employment.fact, kind="officer", position="police-officer")
    assert isinstance(sworn, Employment)
    with lakemont.writing() as writer:
        writer.correct(person.employment.id, sworn)
    message = lakemont.ask(WHITMAN, "am i good", SMS)
    assert "telecommunicator" not in lakemont.text(WHITMAN, "am i good")
    assert message.first_word in {"NOT YET", "OVERDUE", "UNKNOWN"}
    assert set(lakemont.standing(WHITMAN).packs) == {"mn-demo-2026.2", "lkm-2027.1"}


def test_a_correction_marks_only_the_person_it_is_about(lakemont: Agency) -> None:
    for badge in (RUIZ, LEE, NOVAK):
        lakemont.ask(badge, "am i good")
    lakemont.completes(RUIZ, "2027-03-01", "1", "bias-crimes")
    dirty = {badge: (kept := lakemont.kept(badge)) is not None and kept.dirty for badge in (RUIZ, LEE, NOVAK)}
    assert dirty == {RUIZ: True, LEE: False, NOVAK: False}
    lakemont.ask(RUIZ, "am i good")
    kept = lakemont.kept(RUIZ)
    assert kept is not None
    assert not kept.dirty
    assert kept.body == lakemont.judged(RUIZ).to_keep().body
