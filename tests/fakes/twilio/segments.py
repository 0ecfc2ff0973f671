"""How many segments does a text take? Counted from GSM 03.38 and UTF-16, without a look at the product's own count."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("\f^{}\\[~]|€")
SMART = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{NO-BREAK SPACE}": " ",
    }
)
"""What SmartEncoded puts in place of characters that would make a text UCS-2."""


def units(text: str) -> list[int]:
    """What each character costs, in the alphabet that the whole text needs."""
    if all(each in GSM or each in ESCAPED for each in text):
        return [2 if each in ESCAPED else 1 for each in text]
    return [len(each.encode("utf-16-be")) // 2 for each in text]


def is_gsm(text: str) -> bool:
    """It needs nothing but the GSM alphabet."""
    return all(each in GSM or each in ESCAPED for each in text)


def count(text: str, *, toll_free: bool = False) -> int:
    """The segments; no character is parted between two. Toll-free ones carry one unit less."""
    alone, joined = (160, 153) if is_gsm(text) else (70, 67)
    joined -= toll_free
    costs = units(text)
    if sum(costs) <= alone:
        return 1
    made, room = 1, joined
    for cost in costs:
        if cost > room:
            made, room = made + 1, joined
        room -= cost
    return made
