"""Which conversations are there? The table of all routes, and what MORE, MENU and HELP say about it."""

from collections.abc import Mapping

from handlers import (
    about,
    access,
    accounts,
    after_approval,
    approvals,
    calendar,
    certificate_figures,
    certificates,
    certificates_sent,
    class_form,
    completeness,
    content,
    courses,
    deadlines,
    delegations,
    dry_run,
    duplicates,
    estimate,
    explain,
    figures,
    going_on,
    history,
    intake,
    jobs,
    later,
    lateral,
    log,
    my_reminders,
    nudge,
    open_book,
    openings,
    phone,
    picture,
    proof,
    reach,
    record,
    releases,
    reminder_rules,
    reminder_switch,
    reminders,
    request_figures,
    request_rules,
    requests,
    review_rules,
    reviews,
    roll_calls,
    second_looks,
    shared_phones,
    status,
    team,
    texts,
    tickets,
    training_costs,
    transcript,
    undelivered,
    what_if,
    who_approves,
)
from handlers.routing import Answered, Asked, Route, Router, Tense, everyone, page_after
from handlers.status import finish
from messages import about as say_about
from messages.replies import Reply
from reading.text.model import Understood
from training.asking import Outcome, Question


def more(question: Question, asked: Asked) -> Answered:
    """The next page of whatever was shown last, for whoever may still see it; else what the asker's own status had no
    room for."""
    shown = BY_NAME.get(str(question.remembered().get("pages_of")))
    if shown is None or shown.next_page is None or not shown.may_use(question):
        return status.more_missing(question, asked)
    return shown.next_page(question, asked)


def menu(question: Question, asked: Asked) -> Answered:
    """The few words that do most, for this person."""
    facts = say_about.MenuFacts(ROUTER.menu_for(question))
    return finish(say_about.menu(facts, asked.words), Outcome(), page=1, pages_of="menu")


def more_words(question: Question, asked: Asked) -> Answered:
    """The words that a text had no room for."""
    page = page_after(question)
    facts = say_about.MenuFacts(ROUTER.menu_for(question), page)
    return finish(say_about.menu(facts, asked.words), Outcome(), page=page, pages_of="menu")


def help_text(question: Question, asked: Asked) -> Answered:
    """Everything this person may ask."""
    if "ai" in asked.text.lower().split():
        return finish(say_about.help_ai(asked.words), Outcome())
    facts = say_about.MenuFacts(ROUTER.menu_for(question))
    return finish(say_about.help_text(facts, asked.words), Outcome(), page=1, pages_of="menu")


ROUTER = Router(
    (
        *status.ROUTES,
        *picture.ROUTES,
        *deadlines.ROUTES,
        *explain.ROUTES,
        *history.ROUTES,
        *record.ROUTES,
        *what_if.ROUTES,
        *courses.ROUTES,
        *class_form.ROUTES,
        *team.ROUTES,
        *figures.ROUTES,
        *access.ROUTES,
        *content.ROUTES,
        *accounts.ROUTES,
        *texts.ROUTES,
        *proof.ROUTES,
        *reminder_switch.ROUTES,
        *shared_phones.ROUTES,
        *undelivered.ROUTES,
        *reach.ROUTES,
        *reminders.ROUTES,
        *estimate.ROUTES,
        *dry_run.ROUTES,
        *open_book.ROUTES,
        *duplicates.ROUTES,
        *completeness.ROUTES,
        *intake.ROUTES,
        *lateral.ROUTES,
        *releases.ROUTES,
        *openings.ROUTES,
        *jobs.ROUTES,
        *log.ROUTES,
        *tickets.ROUTES,
        *transcript.ROUTES,
        *about.ROUTES,
        *later.ROUTES,
        *certificates.ROUTES,
        *certificates_sent.ROUTES,
        *reviews.ROUTES,
        *requests.ROUTES,
        *approvals.ROUTES,
        *my_reminders.ROUTES,
        *calendar.ROUTES,
        *nudge.ROUTES,
        *roll_calls.ROUTES,
        *reminder_rules.ROUTES,
        *delegations.ROUTES,
        *who_approves.ROUTES,
        *request_rules.ROUTES,
        *review_rules.ROUTES,
        *second_looks.ROUTES,
        *certificate_figures.ROUTES,
        *after_approval.ROUTES,
        *training_costs.ROUTES,
        *request_figures.ROUTES,
        *phone.ROUTES,
        *going_on.ROUTES,
        Route(
            name="more",
            handle=more,
            may_use=everyone,
            commands=("more",),
            tense=Tense.CONTINUES,
            shows=True,
        ),
        Route(
            name="menu", handle=menu, may_use=everyone, commands=("menu",), shows=True, next_page=more_words
        ),
        Route(name="help", handle=help_text, may_use=everyone, intents=("help",), shows=True),
    )
)


def by_name(router: Router) -> Mapping[str, Route]:
    """Every route by the word a button carries."""
    next_course = router.route(Understood(intent="course_search", command="next"))
    return {route.name: route for route in router.routes} | (
        {} if next_course is None else {Reply.NEXT.value: next_course}
    )


BY_NAME = by_name(ROUTER)
# May answer with a form: where a form needs a window of its own, that is opened by pressing a button of these.
WITH_FORM = frozenset(name for name, route in BY_NAME.items() if route.has_form)
