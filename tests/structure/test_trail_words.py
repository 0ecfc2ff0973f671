"""Can everything that is written into the log also be read out? A new tag, kind or state without words fails here."""

import re
from datetime import UTC, datetime

import pytest

from bot.desk.seats import CHANNELS
from bot.terminal import chat
from messages.kinds import MessageKind
from messages.texts import state_in_words
from messages.trail import SENTENCES, Somebody, TrailEntryFacts, entry
from messages.wording import door_in_words, purpose_in_words
from messages.words import load
from reading.tables.preview import TableKind
from rules.standing import LineState
from training.audit import AuditTag
from training.purposes import Purpose

WORDS = load()


def named(prefix: str) -> set[str]:
    """What the catalogue has words for under a prefix."""
    return {key.removeprefix(prefix) for key in WORDS.keys if key.startswith(prefix)}


def test_tags_stand_in_sorted_order() -> None:
    assert [tag.value for tag in AuditTag] == sorted(tag.value for tag in AuditTag)


def test_every_tag_has_a_sentence_and_no_sentence_waits_for_a_tag_that_is_gone() -> None:
    assert set(SENTENCES) == {tag.value for tag in AuditTag}


@pytest.mark.parametrize("tag", list(AuditTag))
def test_no_sentence_shows_its_tag(tag: AuditTag) -> None:
    somebody = Somebody(1, "Officer Ruiz")
    facts = TrailEntryFacts(
        position=1, at=datetime(2027, 3, 2, tzinfo=UTC), tag=tag.value, hash="", who=somebody, whom=somebody
    )
    sentence = entry(facts, WORDS).sentence

    assert tag.value not in sentence
    assert re.fullmatch(r"[A-Z].*\.", sentence), sentence


def test_every_kind_of_answer_has_a_phrase_for_what_was_asked() -> None:
    assert named("trail-asked-") == {kind.value for kind in MessageKind}


def test_what_was_seen_of_a_record_is_a_kind_of_answer() -> None:
    assert named("trail-seen-") <= {kind.value for kind in MessageKind}


def test_what_the_log_has_a_name_for_has_one_for_whoever_was_looked_at() -> None:
    kinds = {kind.value for kind in MessageKind}
    assert named("look-") & kinds == named("trail-seen-")


def test_what_no_name_is_known_for_is_not_said_by_its_code() -> None:
    somebody = Somebody(1, "Officer Ruiz")
    for tag, kind in (("question:answered", "of-tomorrow"), ("record:viewed", "of-tomorrow")):
        facts = TrailEntryFacts(
            position=1,
            at=datetime(2027, 3, 2, tzinfo=UTC),
            tag=tag,
            hash="",
            who=somebody,
            whom=somebody,
            kind=kind,
        )
        assert "of-tomorrow" not in entry(facts, WORDS).sentence
    assert state_in_words("failed", "invalid_auth", WORDS) == (
        "Could not be sent (for a reason that only the log names)"
    )
    assert state_in_words("undelivered", "30003", WORDS).endswith("(the carrier's reason 30003)")
    assert "of-tomorrow" not in door_in_words("of-tomorrow", WORDS)


def test_every_purpose_of_a_file_is_said_in_words() -> None:
    assert all(purpose_in_words(each.value, WORDS) != each.value for each in Purpose)


def test_every_kind_of_file_has_a_name() -> None:
    assert named("trail-file-") == {kind.value for kind in TableKind}


def test_every_door_has_a_name_and_a_place_in_a_sentence() -> None:
    assert named("trail-via-") == named("trail-channel-")
    assert {*CHANNELS.values(), chat.CHANNEL, chat.TEXT_CHANNEL} <= named("trail-via-")


def test_every_state_of_a_duty_can_be_turned_into() -> None:
    assert {state.value for state in LineState} <= named("turned-")


def test_nobody_is_called_he_or_she() -> None:
    keys = [key for key in WORDS.keys if key.startswith(("trail-", "turn-", "turned-"))]
    forms = [form for key in keys for form in WORDS.sentence(key).forms]

    assert len(forms) > len(AuditTag) + len(MessageKind)
    assert [form for form in forms if re.search(r"\b(he|she|his|hers?|him)\b", form, re.IGNORECASE)] == []
