"""Examples of what is said about kept messages and files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from messages import content
from messages.model import Message
from messages.words import Words

AT = datetime(2027, 3, 2, 14, 10, tzinfo=UTC)
KEPT = content.KeptFacts(
    ref="10000001202", number="M-1202", at=AT, kind="message", size=34, whose="Officer Ruiz"
)
ASKED = replace(KEPT, asked="spill", asked_by="Park", set_aside="social-security")
GONE = replace(ASKED, gone="spill", gone_at=AT, gone_by="Hale")
ANSWER = replace(KEPT, ref="10000001203", number="M-1203", kind="answer", size=1_240)
HOLD = content.HoldFacts(ref="10000001300", number="H-1300", at=AT, by="Hale", item="M-1202")

EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "content-list": lambda words: content.content_list(
        content.ContentListFacts(name="Officer Ruiz", items=(ANSWER, ASKED, GONE), lines=2), words
    ),
    "content-list-empty": lambda words: content.content_list(
        content.ContentListFacts(name="Officer Ruiz", items=()), words
    ),
    "content-item": lambda words: content.content_item(
        content.ContentItemFacts(item=KEPT, text="am i good?\nreally?", looked_at="Officer Ruiz"), words
    ),
    "content-item-set-aside": lambda words: content.content_item(
        content.ContentItemFacts(item=ASKED, hidden="set-aside"), words
    ),
    "content-item-gone": lambda words: content.content_item(
        content.ContentItemFacts(item=GONE, hidden="gone"), words
    ),
    "content-none": content.content_none,
    "content-done": lambda words: content.content_done(
        content.ContentDoneFacts(act="confirm-disposal", number="M-1202"), words
    ),
    "content-not-done": lambda words: content.content_done(content.ContentDoneFacts(why="held"), words),
    "dispose": lambda words: content.dispose(KEPT, words),
    "dispose-asked": lambda words: content.dispose(ASKED, words),
    "disposals": lambda words: content.disposals((ASKED,), words),
    "disposals-none": lambda words: content.disposals((), words),
    "holds": lambda words: content.holds(
        (
            replace(HOLD, lift_asked_by="Hale"),
            replace(
                HOLD,
                ref="10000001301",
                number="H-1301",
                item="",
                name="Officer Ruiz",
                first_day=date(2026, 1, 1),
                last_day=date(2026, 6, 30),
            ),
        ),
        words,
    ),
    "holds-none": lambda words: content.holds((), words),
    "spill": lambda words: content.spilled(content.SpillFacts("social-security", "P. Nair"), words),
}
