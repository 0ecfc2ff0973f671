"""Is there a browser to look at the pages with? Where there is none, this is the one line that says so."""

import pytest

from tests.browser.conftest import found_browser


def test_the_pages_are_looked_at_with_a_browser() -> None:
    if found_browser() is None:
        pytest.skip(
            "no Chromium on this machine (Debian: apt-get install chromium), so no page was looked at"
        )
