"""What does Twilio post to the app? Texts that people send, and how the app's own messages fare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.fakes.twilio import keywords, segments, sending, shapes, twiml
from tests.fakes.twilio.delivery import Answer, Parcel
from tests.fakes.twilio.errors import TwilioError
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.world import Alert, Message, Number, Phone, World

RETRIEVAL = "HTTP retrieval failure"


@dataclass(frozen=True, slots=True)
class Requests:
    """Writes them. ``base`` is where media are."""

    world: World
    limits: Limits
    base: str

    def text(
        self, phone: str, body: str = "", *media: tuple[bytes, str], to: str | None = None, **more: str
    ) -> Parcel:
        """A person texts a number of the account; ``media`` are contents with their types, ``more`` further fields."""
        with self.world.lock:
            number = self.world.numbers[to] if to else self.world.number
            service = self.world.service_of(number.number)
            now = self.world.now()
            made = Message(
                sid=self.world.new_sid("MM" if media else "SM"),
                direction="inbound",
                to=number.number,
                sender=phone,
                body=body,
                status="received",
                created=now,
                updated=now,
                sent=now,
                service=service.sid if service else None,
                segments=1 if media else segments.count(body),
                history=["received"],
            )
            self.world.messages[made.sid] = made
            made.media = [self.world.add_media(made.sid, *each).sid for each in media]
            opt_out = keywords.heard(self.world, phone, number, body)
            told = self._inbound(made, number, opt_out) | more
        url = (service.sms_url if service else "") or number.sms_url
        return Parcel(url, told, made, lambda answer: self._answered(made, answer))

    def status(self, message: Message, status: str = "", error: int | None = None, url: str = "") -> Parcel:
        """The callback about a message as it stands, or with a status and error of the test's own."""
        told = {
            "SmsSid": message.sid,
            "SmsStatus": status or message.status,
            "MessageStatus": status or message.status,
            "To": message.to,
            "MessageSid": message.sid,
            "AccountSid": self.world.account.sid,
            "From": message.sender or "",
            "ApiVersion": shapes.VERSION,
        }
        code = error or (None if status else message.error_code)
        if message.service:
            told["MessagingServiceSid"] = message.service
        if code:
            told["ErrorCode"] = str(code)
        if told["MessageStatus"] in {"delivered", "undelivered"}:
            told["RawDlrDoneDate"] = self.world.now().strftime("%y%m%d%H%M")
        told |= self.world.unannounced
        return Parcel(url or message.status_callback, told, message, self._acknowledged)

    def status_of_stranger(self, url: str, status: str = "delivered", to: str = "+16125550199") -> Parcel:
        """The callback about a message that nobody ever created here."""
        now = self.world.now()
        sid = self.world.new_sid("SM")
        return self.status(
            Message(
                sid, "outbound-api", to, self.world.number.number, "", status, now, now, status_callback=url
            )
        )

    def _inbound(self, message: Message, number: Number, opt_out: str) -> dict[str, str]:
        phone = self.world.phones.get(message.sender or "") or Phone(message.sender or "", country="")
        told = {
            "ToCountry": "US",
            "ToState": "MN",
            "SmsMessageSid": message.sid,
            "NumMedia": str(len(message.media)),
            "ToCity": "",
            "FromZip": phone.zip,
            "SmsSid": message.sid,
            "FromState": phone.state,
            "SmsStatus": "received",
            "FromCity": phone.city,
            "Body": message.body,
            "FromCountry": phone.country,
            "To": number.number,
            "ToZip": "",
            "NumSegments": str(message.segments),
            "MessageSid": message.sid,
            "AccountSid": self.world.account.sid,
            "From": phone.number,
            "ApiVersion": shapes.VERSION,
        }
        if message.service:
            told["MessagingServiceSid"] = message.service
        if opt_out:
            told["OptOutType"] = opt_out
        for place, sid in enumerate(message.media):
            told[f"MediaContentType{place}"] = self.world.media[sid].content_type
            told[f"MediaUrl{place}"] = self.media_url(sid)
        return told | self.world.unannounced

    def media_url(self, sid: str) -> str:
        """Where a file is fetched."""
        found = self.world.media[sid]
        return f"{self.base}{shapes.home(self.world)}/Messages/{found.message}/Media/{sid}"

    # -- what the answers do

    def _acknowledged(self, answer: Answer) -> Answer:
        if not answer.failure:
            return answer
        return replace(answer, alerts=(self.world.alert(11200, f"{RETRIEVAL}: {answer.failure}"),))

    def _answered(self, message: Message, answer: Answer) -> Answer:
        """Send what the TwiML says; what cannot be sent or read is in the debugger."""
        if answer.failure:
            text = f"{RETRIEVAL}: {answer.failure}"
            return replace(answer, alerts=(self.world.alert(11200, text, message.sid),))
        alerts: list[Alert] = []
        replies: list[Message] = []
        try:
            read = twiml.read(answer.status, answer.headers.get("content-type", ""), answer.body)
        except twiml.TwimlError as error:
            return replace(answer, alerts=(self.world.alert(error.code, error.text, message.sid),))
        alerts += [self.world.alert(code, text, message.sid) for code, text in read.warnings]
        for each in read.replies:
            given: dict[str, Sequence[str]] = {
                "To": [each.to or message.sender or ""],
                "From": [each.sender or message.to],
                "Body": [each.body],
                "MediaUrl": each.media,
                "StatusCallback": [each.callback],
            }
            try:
                with self.world.lock:
                    replies.append(sending.create(self.world, self.limits, given, "outbound-reply"))
            except TwilioError as error:
                alerts.append(self.world.alert(error.code, error.message, message.sid))
        return replace(answer, alerts=tuple(alerts), replies=tuple(replies))
