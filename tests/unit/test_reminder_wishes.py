"""What people say about being reminded is read, or asked about: it would be written down."""

from datetime import date, time

import pytest

from reading.reminders.wishes import SaidWish, is_only_shown, said_wish
from reading.text.understand import understand


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("text me last", SaidWish(last=("sms",))),
        ("remind me only on slack first", SaidWish(first=("slack",))),
        ("slack first, text last", SaidWish(first=("slack",), last=("sms",))),
        ("send reminders by email instead", SaidWish(first=("email",))),
        ("send me reminders by email", SaidWish(first=("email",))),
        ("use slack instead of text", SaidWish(first=("slack",), last=("sms",))),
        ("keep them coming but by email", SaidWish(first=("email",))),
        ("quiet after 8 pm", SaidWish(ends=time(20))),
        ("dont text me after 5pm", SaidWish(ends=time(17))),
        ("quiet before 9 am", SaidWish(begins=time(9))),
        ("only after 13:30", SaidWish(begins=time(13, 30))),
        ("only between 9 am and 5 pm", SaidWish(begins=time(9), ends=time(17))),
        ("quiet between 5 pm and 10 am", SaidWish(begins=time(10), ends=time(17))),
        ("dont text me at night", SaidWish(begins=time(8), ends=time(20))),
        ("no me escribas en la noche", SaidWish(begins=time(8), ends=time(20))),
        ("skip the 14 day step", SaidWish(without=(14,))),
        ("leave out 90 and 30 days", SaidWish(without=(90, 30))),
        ("put back 14", SaidWish(back=(14,))),
        (
            "skip 60 because I book in January",
            SaidWish(without=(60,), reason="I book in January"),
        ),
        ("reset my reminders", SaidWish(reset=True)),
        ("quiet after 8", SaidWish(trouble="which-hour")),
        ("Can you remind me 30 days out instead of 14?", SaidWish(trouble="adds")),
        ("text me a week before stuff is due", SaidWish(trouble="adds")),
        ("pause messages till monday", SaidWish(trouble="pause")),
        ("only text me on duty days", SaidWish(trouble="unread")),
        ("too many texts, once a week is plenty", SaidWish(trouble="unread")),
    ],
)
def test_a_wish_is_read_or_asked_about(text: str, meant: SaidWish) -> None:
    assert said_wish(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "text me last",
        "Remind me only on Slack first.",
        "quiet after 8 pm",
        "skip 60 because I book in January",
        "my reminders",
        "dont text me at night",
        "reset my reminders",
    ],
)
def test_it_is_known_for_a_wish(text: str) -> None:
    found = understand(text, channel="sms", role="officer", today=date(2027, 3, 2))
    assert found.intent == "reminder_settings"
    assert found.command in {None, "my-reminders"}


@pytest.mark.parametrize("text", ["my reminders", "Reminders?", "settings"])
def test_nothing_is_set_by_asking(text: str) -> None:
    assert is_only_shown(text)
