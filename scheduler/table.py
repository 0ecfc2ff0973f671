"""The table of jobs, in the order in which a tick runs them. A new job is a line here."""

from datetime import timedelta

from scheduler.after_approval import follow_approved
from scheduler.approvals import follow_requests
from scheduler.delivery import deliver_what_is_due
from scheduler.digests import prepare_roll_calls, say_summaries
from scheduler.jobs import Job, Work
from scheduler.keeping import anchor_the_day, clear_links, finish_what_goes, forget_words
from scheduler.reminders import check_reminders, next_ways, plan_reminders, roll_of_reach
from scheduler.request_drafts import remind_of_requests
from scheduler.standings import judge_again
from scheduler.uploads import read_what_waits, remind_of_drafts

HEARTBEAT = "heartbeat"


def beat(_: Work) -> int:
    """Nothing: that the end of every job is kept is what this one is there for."""
    return 0


# A little less than two ticks, or it would as often be three.
EVERY_OTHER_TICK = timedelta(seconds=9)
# Somebody waits for it, and each process takes its share: what another has just looked for may be what only this one
# can do.
EVERY_TICK = timedelta()

JOBS = (
    # First, so that it beats while what follows takes its time.
    Job(HEARTBEAT, EVERY_OTHER_TICK, beat),
    Job("deliveries", EVERY_TICK, deliver_what_is_due),
    Job("fallbacks", EVERY_TICK, next_ways),
    Job("certificates", EVERY_TICK, read_what_waits),
    Job("drafts", timedelta(minutes=10), remind_of_drafts),
    Job("unsent", timedelta(minutes=10), remind_of_requests),
    # Whoever decides about a request may have another place, or a day off, since the last minute.
    Job("approvals", timedelta(minutes=1), follow_requests),
    # A minute more or less before a briefing is the same.
    Job("rollcalls", timedelta(minutes=1), prepare_roll_calls),
    Job("digests", timedelta(minutes=1), say_summaries),
    Job("seats", timedelta(minutes=1), follow_approved),
    Job("standings", EVERY_OTHER_TICK, judge_again),
    # From what was just judged.
    Job("reminders", EVERY_OTHER_TICK, plan_reminders),
    # Its heartbeat is its own: whoever looks after the others is looked after too.
    Job("auditor", timedelta(minutes=10), check_reminders),
    Job("reach", timedelta(minutes=10), roll_of_reach),
    Job("disposals", EVERY_OTHER_TICK, finish_what_goes),
    # They open nothing any more; this only lets go of what they carried.
    Job("links", timedelta(minutes=5), clear_links),
    Job("words", timedelta(minutes=5), forget_words),
    # A day begins at another hour for every agency, and the folder may have been away.
    Job("anchors", timedelta(minutes=10), anchor_the_day),
)
