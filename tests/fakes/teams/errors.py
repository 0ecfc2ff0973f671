"""How does Microsoft say no? The connector by a code of its own, Entra by an AADSTS number."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

MESSAGE_WRITES_BLOCKED = "MessageWritesBlocked"
UNAUTHORIZED = "Unauthorized"
CONNECTOR = {
    "BadArgument": (400, "Invalid request payload."),
    "BadSyntax": (400, "Bad format of the request."),
    "BotNotRegistered": (401, "No registration found for this bot."),
    UNAUTHORIZED: (401, "Authorization has been denied for this request."),
    "BotDisabledByAdmin": (403, "The tenant admin disabled this bot"),
    "BotNotInConversationRoster": (403, "The bot is not part of the conversation roster."),
    "ConversationBlockedByUser": (403, "User blocked the conversation with the bot."),
    "InvalidBotApiHost": (403, "Invalid bot api host."),
    MESSAGE_WRITES_BLOCKED: (403, "Thread is blocked from message writes."),
    "NotEnoughPermissions": (403, "The bot may not do this."),
    "ActivityNotFoundInConversation": (404, "Conversation not found."),
    "ConversationNotFound": (404, "Conversation not found."),
    "MemberNotFoundInConversation": (404, "Member not found in conversation."),
    "PreconditionFailed": (412, "Precondition failed, please try again."),
    "MessageSizeTooBig": (413, "Message size too large."),
    "Throttled": (429, "Too many requests."),
    "ServiceError": (500, "Internal server error."),
}
OF_STATUS = {412: "PreconditionFailed", 500: "ServiceError", 502: "ServiceError"}
"""What stands in a failure of the service itself; 503 and 504 have no body of its own."""

ENTRA = {
    "70003": (400, "unsupported_grant_type", "The app requested an unsupported grant type."),
    "90002": (400, "invalid_request", "Tenant not found. Check to make sure you have the correct tenant ID."),
    "90033": (503, "temporarily_unavailable", "A transient error has occurred. Please try again."),
    "500011": (400, "invalid_resource", "The resource principal was not found in the tenant."),
    "700016": (400, "unauthorized_client", "Application was not found in the directory."),
    "900144": (400, "invalid_request", "The request body must contain the parameter it lacks."),
    "1002012": (400, "invalid_scope", "Client credential flows must have a scope with /.default suffixed."),
    "7000215": (401, "invalid_client", "Invalid client secret provided."),
    "7000222": (401, "invalid_client", "The provided client secret keys for app are expired."),
}


@dataclass
class ConnectorError(Exception):
    """One refusal. ``reason`` goes into the message and the journal."""

    code: str
    reason: str = ""
    retry_after: int = 0

    @property
    def status(self) -> int:
        """The HTTP status."""
        return CONNECTOR[self.code][0]

    def body(self) -> Json:
        """The answer; the two oldest kinds do not have the form of the others."""
        message = CONNECTOR[self.code][1]
        if self.code == UNAUTHORIZED:
            return {"message": message}
        if self.code == MESSAGE_WRITES_BLOCKED:
            inner = {"subCode": self.code, "details": message, "errorCode": None, "errorSubCode": None}
            return {"errorCode": 209, "message": json.dumps(inner, indent=2).replace("\n", "\r\n")}
        return {"error": {"code": self.code, "message": self.reason or message}}


@dataclass
class EntraError(Exception):
    """One refusal of a token, by its AADSTS number."""

    number: str
    reason: str = ""

    @property
    def status(self) -> int:
        """The HTTP status."""
        return ENTRA[self.number][0]

    def body(self, at: datetime) -> Json:
        """The answer."""
        _, error, message = ENTRA[self.number]
        stamp = f"{at:%Y-%m-%d %H:%M:%SZ}"
        trace, correlation = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
        tail = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
        return {
            "error": error,
            "error_description": f"AADSTS{self.number}: {message} {tail}",
            "error_codes": [int(self.number)],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }
