"""Watching: feeds that anybody takes, and messages that are signed, tried again, given up, and never sent into a private network."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
from collections.abc import Iterator
from ipaddress import ip_network
from xml.etree import ElementTree as Tree

import pytest
from fastapi.testclient import TestClient
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import InputError, NotInLedgerError
from dragoman.ledger.watches import About, Watch, end_watch, list_watches, make_watch, take_up
from dragoman.ledger.watches import watch as watch_of
from dragoman.web.app import create_app
from dragoman.web.deliveries import WAITS, Deliveries
from dragoman.web.desk import DeskSettings
from dragoman.web.feeds import ATOM
from dragoman.web.hooks import allowed_by, check_hook, send, signed
from dragoman.web.tokens import make_token

HOOK = "https://watcher.example/hook"
A = f"{{{ATOM}}}"


def quarrel(day: str, status: str, *, reader: str = "test+1") -> object:
    text = f"On {day} Peru refused talks with Chile until Chile leaves Arica. Talks are {status}. Chile shelled a post of Peru & <Lima>.\x02"
    made = Wire(text, day, url=f"https://wire.example/{day}").statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    made.condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",))
    made.affair("negotiation", ("state:PER", "state:CHL"), status, "talks", f"Talks are {status}")
    return made.event("ASSAULT", ("state:CHL",), ("state:PER",), "shelled a post").record(reader=reader)


class Mailbox:
    """Takes what is sent, or does not."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict]] = []
        self.refuses = False

    def __call__(self, watch: Watch, id: str, body: bytes) -> str | None:
        self.got.append((id, json.loads(body)))
        return "The address answered 500." if self.refuses else None

    def whats(self) -> list[str]:
        return [m["what"] for _, told in self.got for m in told["data"]["moved"]]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def deliveries(ledger: Ledger, mailbox: Mailbox) -> Deliveries:
    return Deliveries(ledger, allowed_by(()), tries=3, post=mailbox)


@pytest.fixture
def desk(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("dragoman.web.deliveries.Deliveries.start", lambda self: None)  # who is told is looked at by hand
    ledger.add(quarrel("2024-03-01", "stalled"))
    with TestClient(create_app(DeskSettings(), ledger), headers={"accept": "text/html"}) as client:
        yield client


def entries(desk: TestClient, path: str) -> list[Tree.Element]:
    response = desk.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/atom+xml")
    return Tree.fromstring(response.content).findall(f"{A}entry")


@pytest.mark.parametrize("path", ["/feed.atom", "/dyads/peru/CHL/feed.atom", "/actors/state:PER/feed.atom", "/affairs/1/feed.atom"])
def test_a_feed_is_as_rfc_4287_has_it(desk: TestClient, path: str) -> None:
    root = Tree.fromstring(desk.get(path).content)
    assert root.tag == f"{A}feed"
    assert [len(root.findall(f"{A}{name}")) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert {x.get("rel") for x in root.findall(f"{A}link")} == {"self", "alternate"}
    found = root.findall(f"{A}entry")
    assert found
    assert len({x.findtext(f"{A}id") for x in found}) == len(found)
    for entry in found:
        assert entry.findtext(f"{A}id", "").startswith("urn:uuid:")
        assert entry.findtext(f"{A}title")
        assert dt.datetime.fromisoformat(entry.findtext(f"{A}updated", "")).tzinfo is not None
        (page,) = [x for x in entry.findall(f"{A}link") if x.get("rel") == "alternate"]
        assert page.get("href", "").startswith("http://testserver/reports/1#f")
    assert max(x.findtext(f"{A}updated", "") for x in found) == root.findtext(f"{A}updated")


def test_what_xml_cannot_hold_is_shown_so(desk: TestClient) -> None:
    (shelled,) = [e for e in entries(desk, "/dyads/PER/CHL/feed.atom") if "ASSAULT" in e.findtext(f"{A}title", "")]
    assert "Peru & <Lima>" in shelled.findtext(f"{A}content", "")


def test_ids_and_moments_stay_when_a_report_is_read_again(desk: TestClient, ledger: Ledger, clock: Clock) -> None:
    before = [(e.findtext(f"{A}id"), e.findtext(f"{A}updated")) for e in entries(desk, "/dyads/PER/CHL/feed.atom")]
    clock.set("2024-09-01")
    ledger.add(quarrel("2024-03-01", "stalled", reader="test+2"))
    assert sorted((e.findtext(f"{A}id"), e.findtext(f"{A}updated")) for e in entries(desk, "/dyads/PER/CHL/feed.atom")) == sorted(before)


def test_an_affairs_feed_holds_its_steps_and_a_kind_can_be_chosen(desk: TestClient, ledger: Ledger) -> None:
    ledger.add(quarrel("2024-05-01", "under_way"))
    titles = [e.findtext(f"{A}title") for e in entries(desk, "/affairs/1/feed.atom")]
    assert titles == ["Chl – Per: negotiation, talks: stalled → under way (2024-05-01)", "Chl – Per: negotiation, talks: stalled (2024-03-01)"]
    assert {e.find(f"{A}category").get("term") for e in entries(desk, "/dyads/PER/CHL/feed.atom?kind=statement")} == {"statement"}


def test_feeds_that_are_not_there(desk: TestClient) -> None:
    assert desk.get("/dyads/PER/Nowhereland/feed.atom").status_code == 404
    assert desk.get("/affairs/999/feed.atom").status_code == 404


def test_pages_name_their_feed_and_an_empty_ledger_has_an_empty_one(desk: TestClient) -> None:
    assert 'href="/dyads/PER/CHL/feed.atom"' in desk.get("/dyads/PER/CHL").text
    assert desk.get("/dyads/PER/CHL/feed.atom", headers={"if-none-match": desk.get("/dyads/PER/CHL/feed.atom").headers["etag"]}).status_code == 304


def test_what_moves_is_told_once(ledger: Ledger, deliveries: Deliveries, mailbox: Mailbox) -> None:
    ledger.add(quarrel("2024-03-01", "stalled"))
    made = make_watch(ledger, "desk", About(a="PER", b="CHL"), ("affair", "event"), HOOK)
    other = make_watch(ledger, "desk", About(a="BOL"), ("affair", "event"), HOOK)
    assert deliveries.deliver() == 0  # what was there before is not told
    ledger.add(quarrel("2024-05-01", "under_way"))
    assert deliveries.deliver() == 1
    ((id, told),) = mailbox.got
    assert sorted(mailbox.whats()) == ["ASSAULT", "negotiation: under way"]
    assert (told["type"], told["data"]["watch"], told["data"]["about"]) == ("dragoman.moved", made.id, {"a": "PER", "b": "CHL"})
    assert all(m["path"].startswith("/reports/2#f") and m["id"].startswith("urn:uuid:") and m["source"]["sentence"] for m in told["data"]["moved"])
    again = Deliveries(ledger, allowed_by(()), post=mailbox)  # as after a new start
    assert (deliveries.deliver(), again.deliver(), len(mailbox.got)) == (0, 0, 1)
    ledger.add(quarrel("2024-05-01", "under_way", reader="test+2"))  # read again: nothing new
    assert (deliveries.deliver(), len(mailbox.got), watch_of(ledger, other.id).sent) == (0, 1, None)
    assert id.startswith(f"watch_{made.id}_")


def test_an_affair_is_watched_by_its_steps(ledger: Ledger, deliveries: Deliveries, mailbox: Mailbox) -> None:
    ledger.add(quarrel("2024-03-01", "stalled"))
    make_watch(ledger, "desk", About(affair=1), ("affair",), HOOK)
    ledger.add(quarrel("2024-05-01", "under_way"))
    ledger.add(quarrel("2024-05-02", "under_way"))
    while deliveries.deliver():
        pass
    assert [(m["before"], m["status"]) for _, told in mailbox.got for m in told["data"]["moved"]] == [("stalled", "under_way")]


def test_what_is_not_taken_is_tried_again_with_growing_waits_and_given_up(ledger: Ledger, deliveries: Deliveries, mailbox: Mailbox, clock: Clock) -> None:
    made = make_watch(ledger, "desk", About(a="PER", b="CHL"), ("event",), HOOK)
    ledger.add(quarrel("2024-05-01", "under_way"))
    mailbox.refuses = True
    for tried in (1, 2):
        assert deliveries.deliver() == 0
        assert deliveries.deliver() == 0  # not before its time
        assert len(mailbox.got) == tried
        now = watch_of(ledger, made.id)
        assert (now.tries, now.due) == (tried, clock.at + dt.timedelta(seconds=WAITS[tried - 1]))
        clock.at = now.due or clock.at
    ledger.add(quarrel("2024-05-02", "under_way"))  # what comes meanwhile does not change the message
    deliveries.deliver()
    gone = watch_of(ledger, made.id)
    assert (gone.state, gone.answer, gone.tries) == ("given up", "The address answered 500.", 3)
    assert len({json.dumps([id, told]) for id, told in mailbox.got}) == 1
    clock.at += dt.timedelta(days=9)
    assert (deliveries.deliver(), len(mailbox.got)) == (0, 3)
    mailbox.refuses = False
    take_up(ledger, made.id)
    assert (deliveries.deliver(), deliveries.deliver(), deliveries.deliver()) == (1, 1, 0)
    assert mailbox.got[3][0] == mailbox.got[0][0]
    assert watch_of(ledger, made.id).state == "told"


def test_a_delivery_on_its_way_is_nobody_elses(ledger: Ledger, clock: Clock, mailbox: Mailbox) -> None:
    make_watch(ledger, "desk", About(a="PER", b="CHL"), ("event",), HOOK)
    ledger.add(quarrel("2024-05-01", "under_way"))
    counted: list[int] = []

    def post(watch: Watch, id: str, body: bytes) -> str | None:
        counted.append(Deliveries(ledger, allowed_by(()), post=mailbox).deliver())  # another process looks at the same moment
        return mailbox(watch, id, body)

    assert Deliveries(ledger, allowed_by(()), post=post).deliver() == 1
    assert (counted, len(mailbox.got)) == ([0], 1)


def test_one_that_fell_silent_is_taken_over(ledger: Ledger, clock: Clock, mailbox: Mailbox, deliveries: Deliveries) -> None:
    make_watch(ledger, "desk", About(a="PER", b="CHL"), ("event",), HOOK)
    ledger.add(quarrel("2024-05-01", "under_way"))

    def killed(watch: Watch, id: str, body: bytes) -> str | None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Deliveries(ledger, allowed_by(()), post=killed).deliver()
    assert deliveries.deliver() == 0
    clock.at += dt.timedelta(minutes=3)
    assert (deliveries.deliver(), len(mailbox.got)) == (1, 1)


def test_ended_watches_are_left_alone(ledger: Ledger, deliveries: Deliveries, mailbox: Mailbox) -> None:
    made = make_watch(ledger, "desk", About(a="PER"), ("event",), HOOK)
    end_watch(ledger, made.id)
    ledger.add(quarrel("2024-05-01", "under_way"))
    assert (deliveries.deliver(), mailbox.got, list_watches(ledger)) == (0, [], [])
    assert list_watches(ledger, ended=True)[0].state == "ended"
    with pytest.raises(NotInLedgerError):
        end_watch(ledger, made.id)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """Example of https://github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md: the key is what stands behind the prefix, in Base64."""
    secret = "whsec_" + base64.b64encode(b"k" * 24).decode()
    expected = base64.b64encode(hmac.digest(b"k" * 24, b'msg_1.1700000000.{"a":1}', "sha256")).decode()
    assert signed(secret, "msg_1", 1_700_000_000, b'{"a":1}') == f"v1,{expected}"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/", "ftp://example.org/", "http://u:p@example.org/", "example.org"]
)
def test_addresses_that_are_not_told(url: str) -> None:
    with pytest.raises(InputError):
        check_hook(url, allowed_by(()))


def test_a_network_of_ones_own_may_be_told() -> None:
    allowed = allowed_by((ip_network("10.0.0.0/8"),))
    check_hook("http://10.1.2.3/hook", allowed)
    assert (allowed("10.9.9.9"), allowed("192.168.1.1"), allowed("93.184.215.14"), allowed("nonsense")) == (True, False, True, False)


@pytest.mark.parametrize("url", ["http://localhost:9/", "http://127.1:9/", "http://2130706433:9/", "http://0x7f000001:9/", "http://[::ffff:127.0.0.1]:9/"])
def test_names_of_this_machine_are_not_told(url: str) -> None:
    told = send(url.replace(":9/", ":8080/"), "whsec_AAAA", "id", b"{}", allowed=allowed_by(()))
    assert told is not None
    assert "private network" in told or "could not be reached" in told


def test_watches_are_made_shown_and_ended_at_the_desk(desk: TestClient, ledger: Ledger) -> None:
    assert "/dyads/PER/CHL/feed.atom" in desk.get("/watch?a=peru&b=chile").text
    assert desk.post("/watch", data={"a": "peru"}).status_code == 401
    desk.post("/enter", data={"token": make_token(ledger, "reader", ["read"])})
    assert desk.post("/watch", data={"a": "peru"}).status_code == 403
    desk.post("/enter", data={"token": make_token(ledger, "night desk", ["watch"])})
    mark = desk.get("/watch?a=peru").text.partition('name="mark" value="')[2].partition('"')[0]
    assert desk.post("/watch", data={"a": "peru", "hook": HOOK}).status_code == 403
    assert desk.post("/watch", data={"mark": mark}).status_code == 400
    assert desk.post("/watch", data={"mark": mark, "a": "peru", "b": "Lima"}).status_code == 400
    assert "private network" in desk.post("/watch", data={"mark": mark, "a": "peru", "hook": "http://127.0.0.1:8080/"}).text
    page = desk.post("/watch", data={"mark": mark, "a": "peru", "b": "chile", "hook": HOOK, "kind": ["event"]}).text
    (made,) = list_watches(ledger)
    assert (made.who, made.about, made.kinds) == ("night desk", About(a="PER", b="CHL"), ("event",))
    assert made.secret is not None
    assert made.secret in page
    assert made.secret not in desk.get("/watch.json").text
    assert "Peru and Chile" in page
    desk.post(f"/watch/{made.id}/end", data={"mark": mark})
    assert list_watches(ledger) == []
    assert desk.post("/watch/7/end", data={"mark": mark}).status_code == 404


def test_the_thread_tells_by_itself_and_stops(ledger: Ledger, mailbox: Mailbox) -> None:
    make_watch(ledger, "desk", About(a="PER", b="CHL"), ("event",), HOOK)
    ledger.add(quarrel("2024-05-01", "under_way"))
    deliveries = Deliveries(ledger, allowed_by(()), post=mailbox)
    for _ in range(2):  # it can begin again
        deliveries.start()
        for _ in range(100):
            if mailbox.got:
                break
            deliveries._stopped.wait(0.05)
        deliveries.stop()
    assert mailbox.whats() == ["ASSAULT"]
