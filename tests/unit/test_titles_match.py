"""Does a course title lead to the right topics, and does every topic say why?"""

import json
from pathlib import Path

import pytest

from reading.titles import match_title

_EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parent / "titles.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_invented_agency_titles_are_read_at_least_as_well_as_when_last_measured() -> None:
    right = found = wanted = 0
    for example in _EXAMPLES:
        topics = set(match_title(example["title"]).topics)
        right += len(topics & set(example["topics"]))
        found += len(topics)
        wanted += len(example["topics"])
    assert right / found >= 0.97
    assert right / wanted >= 0.97


def test_no_bookkeeping_row_of_the_state_passes_for_training_and_no_training_for_bookkeeping() -> None:
    wrong = [
        example["title"]
        for example in _EXAMPLES
        if match_title(example["title"]).bookkeeping != example["bookkeeping"]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("PP (FA/UoF)", ("firearms", "use_of_force")),
        ("CPR/FA", ("first_aid_cpr",)),  # the same two letters beside CPR
        ("Mental Health & De-escalation", ("de_escalation", "mental_health")),
        ("Mental Health  De-escalation", ("de_escalation", "mental_health")),  # the ampersand got lost
        ("Bias Crimes", ("hate_crime",)),
        ("Implicit Bias", ("implicit_bias",)),
    ],
)
def test_one_title_can_name_several_topics_and_neighbours_are_kept_apart(
    title: str, topics: tuple[str, ...]
) -> None:
    assert match_title(title).topics == topics


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Firearsm Skills", "firearms"),
        ("Descalation Course", "de_escalation"),
        ("Eithics", "ethics"),
        ("Less Leathal Operator", "use_of_force"),
        ("Naxolone Kits", "first_aid_cpr"),
    ],
)
def test_a_slip_of_the_pen_in_a_long_word_is_forgiven(title: str, topic: str) -> None:
    assert match_title(title).topics == (topic,)


@pytest.mark.parametrize(
    "title",
    [
        "Fire Extinguisher Use",
        "Laser Rangefinder Safety",  # not a TASER
        "Forearm Injury Prevention",
        "Ethnic Studies",
        "Foot Pursuits",
        "Able and Willing",
        "Field Training Officer",
        "Pit Crew Lunch",
    ],
)
def test_a_word_that_only_looks_like_a_topic_names_none(title: str) -> None:
    assert match_title(title).topics == ()


def test_every_topic_shows_the_words_it_was_read_from() -> None:
    assert match_title("PP (FA/UoF)").reason == 'firearms: "FA"; use_of_force: "UoF"'
    assert match_title("Firearsm Day").reason == 'firearms: "Firearsm" = firearm'


def test_a_title_nobody_can_place_says_so() -> None:
    found = match_title("Chief's Message")
    assert (found.topics, found.bookkeeping, found.reason) == ((), False, "no-phrase")


def test_a_title_cut_at_fifty_characters_still_names_its_topic() -> None:
    assert match_title("2031 Regional In-Service Block 3 - Emergency Vehic").topics == (
        "emergency_vehicle_operations",
    )


def test_a_bookkeeping_row_that_names_a_topic_gives_none() -> None:
    found = match_title("2031 LE Leadership 3 Year Maintenance")
    assert found.bookkeeping
    assert found.topics == ()
