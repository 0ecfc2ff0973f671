"""What does Twilio do by itself when a person texts STOP, START or HELP? Its list of who opted out, and its answers."""

from dataclasses import dataclass

from tests.fakes.twilio.world import Number, Service, Text, World

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
START = frozenset({"START", "UNSTOP", "YES"})
HELP = frozenset({"HELP", "INFO"})
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number."
    " Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help."
    " Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
CARRIER_STOPPED = (
    'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number.'
    ' Text back "unstop" to receive messages again.'
)
CARRIER_STARTED = (
    'NETWORK MSG: You have replied "{}" and will begin receiving messages again from this number.'
)


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind of sender answers."""

    stopped: str
    started: str
    helped: str


def heard(world: World, phone: str, number: Number, body: str) -> str:
    """Do what a keyword asks. The value is what OptOutType says under Advanced Opt-Out: STOP, START, HELP or nothing.

    Only a text that is the keyword alone counts, in any case. Nobody is told twice that a number is on the list.
    """
    said = body.strip().upper()
    service = world.service_of(number.number)
    advanced = service is not None and service.advanced_opt_out
    if number.kind == "short_code" and not advanced:
        return ""
    entry = (world.list_of(number.number), phone)
    words = _words(number, service, said.lower())
    if said in (STOP if number.kind != "toll_free" else {"STOP"}):
        kind, answer = "STOP", "" if entry in world.opted_out else words.stopped
        world.opted_out.add(entry)
    elif said in (START if number.kind != "toll_free" else {"START", "UNSTOP"}):
        kind, answer = "START", words.started if entry in world.opted_out else ""
        world.opted_out.discard(entry)
    elif said in HELP:
        kind, answer = "HELP", "" if entry in world.opted_out else words.helped
    else:
        return ""
    if answer and phone in world.phones:
        world.phones[phone].texts.append(Text(number.number, answer, automatic=True))
    return kind if advanced else ""


def _words(number: Number, service: Service | None, said: str) -> Words:
    if number.kind == "toll_free":
        return Words(CARRIER_STOPPED, CARRIER_STARTED.format(said), HELPED)
    if service is not None and service.advanced_opt_out:
        return Words(service.stop_text, service.start_text, service.help_text)
    return Words(STOPPED, STARTED, HELPED)
