"""Is a request signed as AWS Signature Version 4 wants it? Reckoned anew from the request and the secret."""

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlsplit

_FORM = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/s3/aws4_request, ?"
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)
_MUST_BE_SIGNED = {"host", "x-amz-content-sha256", "x-amz-date"}


def problem_of(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    access_key: str,
    secret: str,
    region: str,
) -> str:
    """The error code that S3 would answer with; empty when nothing is wrong."""
    said = {name.lower(): value.strip() for name, value in headers.items()}
    found = _FORM.fullmatch(said.get("authorization", ""))
    if found is None:
        return "AccessDenied"
    if found["key"] != access_key:
        return "InvalidAccessKeyId"
    if found["region"] != region:
        return "AuthorizationHeaderMalformed"
    if "x-amz-security-token" in said:
        return "InvalidToken"
    names = found["headers"].split(";")
    if not set(names) >= _MUST_BE_SIGNED or said["x-amz-date"][:8] != found["day"]:
        return "AccessDenied"
    if said["x-amz-content-sha256"] != sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    where = urlsplit(target)
    pairs = sorted((_coded(name), _coded(value)) for name, value in parse_qsl(where.query, True))
    request = "\n".join(
        (
            method,
            where.path,
            "&".join(f"{name}={value}" for name, value in pairs),
            *(f"{name}:{said.get(name, '')}" for name in names),
            "",
            found["headers"],
            said["x-amz-content-sha256"],
        )
    )
    scope = f"{found['day']}/{region}/s3/aws4_request"
    to_sign = "\n".join(("AWS4-HMAC-SHA256", said["x-amz-date"], scope, sha256(request.encode()).hexdigest()))
    key = f"AWS4{secret}".encode()
    for part in (found["day"], region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    expected = hmac.new(key, to_sign.encode(), sha256).hexdigest()
    return "" if hmac.compare_digest(expected, found["signature"]) else "SignatureDoesNotMatch"


def _coded(text: str) -> str:
    return quote(text, safe="-_.~")
