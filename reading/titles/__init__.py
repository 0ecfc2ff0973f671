"""What is a course about, going by its title? Topics from a phrase table that a coordinator can extend."""

from reading.titles.match import TitleMatch, TitleReason, match_title

__all__ = ["TitleMatch", "TitleReason", "match_title"]
