"""How long a text may be: the GSM alphabet, its segments, and what we allow ourselves.

See https://www.twilio.com/docs/glossary/what-sms-character-limit.
"""

# A text of one segment carries 160 septets; in a longer one every segment gives up 7 for the joining header.
SINGLE_SEGMENT = 160
JOINED_SEGMENT = 153
# Each segment is billed; nothing that Rollcall says may need a third.
MOST_SEGMENTS = 2

# Printable ASCII of the GSM 7-bit alphabet that costs one septet. The backtick is not in the alphabet at all.
BASIC = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \n\r!\"#$%&'()*+,-./:;<=>?@_"
)
# These are sent as an escape and a second septet, which may not be parted between two segments.
EXTENDED = frozenset("^{}[]~\\|")
