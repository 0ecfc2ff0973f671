"""How does Twilio say no? An HTTP status, a code, a message, and where more is written."""

from typing import Any

Json = dict[str, Any]

TITLES = {
    20001: "Invalid parameter",
    20003: "Authenticate",
    20004: "Method not allowed",
    20009: "Cannot delete this resource before it is complete",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    20503: "Service unavailable",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21623: "Number of media files exceeds allowed limit",
    21624: "Invalid validity period value",
    21701: "The Messaging Service does not exist",
    21705: "The Messaging Service is invalid",
    21703: "The Messaging Service does not contain a phone number",
    30400: "Parameters are not valid",
    # What follows is told later, with the status of a message.
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30032: "Toll-Free Number Has Not Been Verified",
    30034: "US A2P 10DLC - Message from an Unregistered Number",
    30036: "Validity Period Expired",
    30047: "Message could not be moved out of quiet hours",
}
STATUS_OF = {20003: 401, 20004: 405, 20009: 409, 20404: 404, 20429: 429, 20500: 500, 20503: 503}


class TwilioError(Exception):
    """One refusal, as the body of an answer."""

    def __init__(self, code: int, message: str = "", status: int = 0) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code
        self.message = message or TITLES.get(code, "Bad request")
        self.status = status or STATUS_OF.get(code, 400)

    def body(self) -> Json:
        """The answer."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def not_found(path: str) -> TwilioError:
    """There is nothing at this path."""
    return TwilioError(20404, f"The requested resource {path} was not found")
