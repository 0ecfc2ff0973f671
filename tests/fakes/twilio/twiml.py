"""What does the app want to be answered? TwiML read as strictly as Twilio does, with the errors of its debugger."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tests.fakes.twilio.sending import LONGEST_BODY, MOST_MEDIA, is_callback

LARGEST = 64 * 1024
XML = frozenset({"text/xml", "application/xml", "text/html"})
PLAIN = "text/plain"
ATTRIBUTES = frozenset({"to", "from", "action", "method", "statusCallback"})


class TwimlError(Exception):
    """The answer is of no use."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Reply:
    """One message that the app wants to be sent."""

    body: str
    media: tuple[str, ...] = ()
    to: str = ""
    sender: str = ""
    callback: str = ""


@dataclass(slots=True)
class Reading:
    """The messages, and what Twilio only warns of."""

    replies: list[Reply] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def warn(self, code: int, text: str) -> None:
        """Something is not as it should be, and is passed over."""
        self.warnings.append((code, text))


def read(status: int, content_type: str, body: bytes) -> Reading:
    """The replies in an answer, or the error raised."""
    read_so_far = Reading()
    if status == 204 or not body:
        return read_so_far
    if len(body) > LARGEST:
        raise TwimlError(11750, f"TwiML response body too large: {len(body)} bytes")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == PLAIN:
        _add(read_so_far, Reply(body.decode()))
        return read_so_far
    if kind not in XML:
        raise TwimlError(12300, f"Invalid Content-Type: {content_type or 'none'}")
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeDecodeError) as error:
        raise TwimlError(12100, f"Document parse failure: {error}") from None
    if root.tag != "Response":
        raise TwimlError(12102, f"The root element must be Response: {root.tag}")
    if (root.text or "").strip():
        read_so_far.warn(12200, "Schema validation warning: text in Response")
    for each in root:
        if each.tag == "Message":
            _message(read_so_far, each)
        else:
            read_so_far.warn(12200, f"Schema validation warning: {each.tag} in Response")
        if (each.tail or "").strip():
            read_so_far.warn(12200, "Schema validation warning: text in Response")
    return read_so_far


def _message(reading: Reading, verb: Element) -> None:
    for name in sorted(set(verb.keys()) - ATTRIBUTES):
        reading.warn(12200, f"Schema validation warning: attribute {name} of Message")
    body, media = verb.text or "", []
    for each in verb:
        if each.tag == "Body":
            body += each.text or ""
        elif each.tag == "Media":
            media.append((each.text or "").strip())
        else:
            reading.warn(12200, f"Schema validation warning: {each.tag} in Message")
        body += (each.tail or "").strip()
    callback = verb.get("statusCallback") or verb.get("action") or ""
    _add(reading, Reply(body, tuple(media), verb.get("to", ""), verb.get("from", ""), callback))


def _add(reading: Reading, reply: Reply) -> None:
    if not reply.body.strip() and not reply.media:
        reading.warn(14103, "Message Invalid Body: it is empty")
    elif len(reply.body.encode("utf-16-be")) // 2 > LONGEST_BODY:
        reading.warn(14103, f"Message Invalid Body: longer than {LONGEST_BODY} characters")
    elif len(reply.media) > MOST_MEDIA or not all(is_callback(each) for each in reply.media):
        reading.warn(14104, "Message Invalid Media")
    else:
        reading.replies.append(reply)
