"""Is an answer of the process that opens files believed only as far as it can be one of ours?"""

import socket
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from reading.certificates.model import CertificateReading, PaperKind
from reading.process.line import ChildAnswer, LineEnd, LineError
from tests.fakes.reader import certificate

READINGS = TypeAdapter(CertificateReading)
OURS = {
    "a certificate": certificate(looks="0123456789abcdef"),
    "an academy": certificate(hours="640.25"),
    "a spill": replace(certificate(), spill="health"),
    "a refusal": CertificateReading(kind=PaperKind.REFUSED, reason="empty"),
}
NOT_OURS = {
    "sure of nothing that counts": certificate(sure=float("nan")),
    "surer than sure": certificate(sure=2.0),
    "a hash that is none": certificate(looks="zzzzzzzzzzzzzzzz"),
    "hours of a lifetime": certificate(hours="1e9"),
    "hours below none": certificate(hours="-4"),
    "hours that are no number": certificate(hours="NaN"),
    "a title without end": certificate(title="x" * 9_000),
    "more pages than are read": replace(certificate(), pages=10**30),
    "pages below none": replace(certificate(), pages=-1),
    "a spill that nobody knows": replace(certificate(), spill="nonsense"),
    "a refusal that nobody knows": CertificateReading(kind=PaperKind.REFUSED, reason="nonsense"),
}


def received(reading: CertificateReading) -> CertificateReading:
    """The reading at the other end of the line."""
    theirs, ours = socket.socketpair()
    with theirs, ours:
        LineEnd(theirs).send_answer(ChildAnswer(reading=reading))
        return LineEnd(ours).receive_answer().reading


@pytest.mark.parametrize("name", OURS)
def test_what_a_reader_can_say_comes_as_it_was_said(name: str) -> None:
    assert READINGS.dump_json(received(OURS[name])) == READINGS.dump_json(OURS[name])


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_no_reader_can_say_is_no_answer(name: str) -> None:
    with pytest.raises(LineError):
        received(NOT_OURS[name])
