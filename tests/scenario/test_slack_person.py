"""An officer asks for a person in Slack, and the coordinator's answer arrives in the thread in which it was asked."""

from tests.fakes.slack.world import Message
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import COORDINATOR, OFFICER, SlackDesk, delivered, everything, in_slack, shown


def pressed(desk: SlackDesk, badge: str, card: Message, route: str) -> None:
    """The first button of this route, and its window."""
    action = next(each["action_id"] for _, each in card.elements() if each["action_id"].startswith(route))
    assert desk.send(desk.slack.acts.block_action(desk.account(badge), card, action)).ok
    desk.slack.journal.until_called("views.update")
    until(desk.quiet, "everything is worked on")


def test_human_reaches_the_coordinator_whose_answer_comes_back_into_the_same_thread(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(COORDINATOR, "hello")
        account = desk.account(OFFICER)
        root = desk.slack.events.message(account, "am i good?")
        desk.answer_to(OFFICER, root)
        assert root.said is not None
        thread = root.said.ts
        desk.ask(OFFICER, "am i good?", thread_ts=thread)
        told = desk.ask(OFFICER, "i need to talk to somebody about my range score", thread_ts=thread)
        assert "H-1 is with P. Nair now" in shown(told.blocks)
        assert told.thread_ts == thread

        card = delivered(desk, COORDINATOR, "range score")
        assert "am i good?" in shown(card.blocks)

        pressed(desk, COORDINATOR, card, "answer-ticket")
        answered = {"ticket": "1", "words": "I moved you to Friday, 9:00.", "after": "closes"}
        assert desk.send(desk.slack.acts.view_submission(desk.account(COORDINATOR), answered)).ok
        until(desk.quiet, "everything is worked on")
        delivered(desk, COORDINATOR, "where it was asked")

        answer = delivered(desk, OFFICER, "P. Nair: I moved you to Friday, 9:00.")
        assert answer.thread_ts == thread
        assert answer.channel == told.channel

        # Said once, however often the scheduler wakes.
        before = len(desk.said_to(OFFICER)), len(desk.said_to(COORDINATOR))
        desk.service.tick()
        assert (len(desk.said_to(OFFICER)), len(desk.said_to(COORDINATOR))) == before


def test_words_of_despair_stay_with_whoever_wrote_them(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(COORDINATOR, "hello")
        calm = desk.ask(OFFICER, "i want to end it")
        assert "988" in shown(calm.blocks)
        desk.service.tick()
        assert "H-1" not in everything(desk, COORDINATOR)
        desk.ask(OFFICER, "human")
        delivered(desk, COORDINATOR, "get in touch")
        assert "end it" not in everything(desk, COORDINATOR)


def test_a_typed_answer_goes_to_the_direct_message_too(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        first = desk.ask(OFFICER, "human")
        desk.ask(COORDINATOR, "answer H-1 come by at three")
        answer = delivered(desk, OFFICER, "come by at three")
        assert (answer.channel, answer.thread_ts) == (first.channel, first.thread_ts)
