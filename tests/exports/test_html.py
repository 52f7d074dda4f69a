from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from dragoman.exports.html import fragment, head, page, section
from dragoman.records import Record, Report, Span, Statement

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Collects ids, links and the text of the report; fails where tags are not closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.report = ""
        self.within: int | None = None
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag in VOID:
            return
        self.open.append(tag)
        if found.get("class") == "text":
            self.within = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self.within is not None and len(self.open) < self.within:
            self.within = None

    def handle_data(self, data: str) -> None:
        if self.within is not None and "sup" not in self.open:
            self.report += data


def test_the_page(record: Record, snapshot: SnapshotAssertion) -> None:
    body = page(record)
    assert body[body.index("<main") :] == snapshot


def test_every_link_leads_somewhere_on_the_page(record: Record) -> None:
    read = Page(page(record))
    assert len(read.ids) == len(set(read.ids))
    assert {x[1:] for x in read.links if x.startswith("#")} <= set(read.ids)
    for finding in ("s1", "s2", "e1", "e2", "c1", "a1"):
        assert {f"#r1-{finding}", f"#r1-at-{finding}"} <= set(read.links)


def test_nothing_is_fetched_and_no_script_is_run(record: Record) -> None:
    body = page(record)
    assert not re.search(r"<script|<img|<iframe|<link|@import|url\(|\son\w+=", body)


def test_styles_stand_in_the_head_only(record: Record) -> None:
    body = page(record)
    assert "<style" not in body[body.index("<body") :]


def test_a_finding_and_its_words_light_up_together(record: Record) -> None:
    body = page(record)
    for finding in ("s1", "e2", "c1", "a1"):
        assert f".dragoman .record:has(.on-{finding}:target) .in-{finding}" in body
        assert body.count(f'class="on-{finding}"') == 2
    assert ".in-s9" not in body
    assert ".in-s9" in head(record)  # of a page whose later reports are not known yet


def test_an_address_is_a_link_only_where_it_leads_to_a_page(record: Record) -> None:
    for url, linked in (("https://example.org/a?b=1&c", True), ("javascript:alert(1)", False)):
        made = record.model_copy(update={"report": record.report.model_copy(update={"url": url})})
        assert ("rel=" in page(made)) is linked
        assert "javascript:" not in "".join(Page(page(made)).links)


def test_a_fact_leads_to_the_finding_that_it_names(record: Record) -> None:
    assert 'answers <a href="#r1-s1">s1</a>' in page(record)


def test_the_text_is_whole(record: Record) -> None:
    assert Page(page(record)).report == record.report.text


def test_reports_on_one_page_keep_their_anchors_apart(record: Record) -> None:
    ids = Page(section(record, prefix="r1-") + section(record, prefix="r2-")).ids
    assert len(ids) == len(set(ids))


def test_a_fragment_leaves_the_page_around_it_alone(record: Record) -> None:
    style = re.findall(r"<style>(.*?)</style>", fragment(record), re.DOTALL)[0]
    selectors = re.findall(r"^\s*([^@{}\s][^{}]*)\{", style, re.MULTILINE)
    assert selectors
    assert all(".dragoman" in s for s in selectors if not s.strip().startswith("--"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may share the machine
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=8, max_size=60), st.data())
def test_marks_may_overlap_as_they_like(text: str, data: st.DataObject) -> None:
    def span() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(start, data.draw(st.integers(start + 1, len(text))))

    statements = tuple(
        Statement(id=f"s{n}", rule="saying:noun", confidence=0.5, kind="speech", cue_span=span(), content_spans=(span(), span()), manner="direct", act="assert") for n in range(3)
    )
    made = Record(reader="x", report=Report(text=text), statements=statements)
    assert Page(page(made)).report.strip() == text.strip()
