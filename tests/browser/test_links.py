"""Every link on every page leads to a page that is there."""

from __future__ import annotations

import httpx
import pytest
from tests.browser.crawling import Found, crawl
from tests.browser.serving import Served

pytestmark = pytest.mark.slow


def test_every_link_leads_somewhere(found: Found) -> None:
    assert not found.faults, "\n".join(found.faults)


def test_a_reader_meets_no_dead_link_either(desk: Served) -> None:
    with httpx.Client(base_url=desk.url, timeout=30) as client:
        faults = crawl(client).faults
    assert not faults, "\n".join(faults)
