"""Does ``rules list`` say of each year what is owed in it, and of each figure how far it is settled?"""

import argparse

import pytest

from bot.commands import rules_list


def listed(pack: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert rules_list.run(argparse.Namespace(pack=pack)) == 0
    return capsys.readouterr().out.splitlines()


def below(lines: list[str], short: str) -> list[str]:
    """What is said under one rule, without its duty."""
    start = next(place for place, line in enumerate(lines) if line.startswith(f"{short}  "))
    end = lines.index("", start)
    return [line.strip() for line in lines[start + 2 : end]]


def test_a_table_of_years_is_read_by_its_years(capsys: pytest.CaptureFixture[str]) -> None:
    said = below(listed("oh", capsys), "CPT")
    assert said[:6] == [
        "From 2014 to 2015: 4 h",
        "In 2016: 11 h",
        "In 2017: 20 h",
        "From 2018 to 2021: 0 h",
        "From 2022 to 2024: 24 h",
        "In other years: not confirmed",
    ]


def test_a_figure_that_may_not_govern_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert below(listed("in", capsys), "DT-4")[:2] == [
        "Since 2024-03-06, for periods that end on or after it: 4 h (whether it governs is not settled)",
        "Since 2024-03-06, for periods that begin on or after it: 4 h",
    ]
