from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.unit.vectorstore.fetch.conftest import CUT_OFF, Answer
from vectorstore.fetch.failures import NothingThereError, PageError, UnreachableError
from vectorstore.fetch.http import PoliteClient, Validators


def test_it_says_who_it_is_and_asks_for_robots_txt_once(host, client):
    host.answers = {"/a": Answer("A"), "/b": Answer("B")}
    assert (client.get(f"{host.url}/a").body, client.get(f"{host.url}/b").body) == (b"A", b"B")
    assert [r.path for r in host.requests] == ["/robots.txt", "/a", "/b"]
    assert all("CareThread" in r.headers["User-Agent"] for r in host.requests)


def test_requests_to_one_host_keep_apart(host, client, clock):
    host.answers = {"/a": Answer("A")}
    for _ in range(3):
        client.get(f"{host.url}/a")
    assert clock.now - 100.0 == pytest.approx(3.0)  # robots.txt and three pages, a second apart


def test_a_known_page_is_asked_for_only_if_it_changed(host, client):
    given = {"ETag": '"v1"', "Last-Modified": "Wed, 03 Jan 2024 08:00:00 GMT"}
    host.answers = {"/a": [Answer("A", headers=given), Answer(status=304)]}
    first = client.get(f"{host.url}/a")
    again = client.get(f"{host.url}/a", known=first.validators)
    assert (again.unchanged, again.body, again.validators) == (True, b"", first.validators)
    conditions = host.asked("/a")[1].headers
    assert conditions["If-None-Match"] == '"v1"'
    assert conditions["If-Modified-Since"] == given["Last-Modified"]


def test_a_busy_host_is_asked_again_after_the_time_it_names(host, client, clock):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    host.answers = {
        "/a": [
            Answer(status=429, headers={"Retry-After": "17"}),
            Answer(status=503, headers={"Retry-After": later}),
            Answer("A"),
        ]
    }
    assert client.get(f"{host.url}/a").body == b"A"
    assert 17.0 in clock.slept
    assert any(80 < seconds <= 90 for seconds in clock.slept)


@pytest.mark.parametrize("trouble", [Answer(status=500), CUT_OFF])
def test_a_passing_trouble_is_outlived(host, client, trouble):
    host.answers = {"/a": [trouble, Answer("A")]}
    assert client.get(f"{host.url}/a").body == b"A"
    assert len(host.asked("/a")) == 2


def test_a_lasting_trouble_is_told_without_the_query(host, client, clock):
    host.answers = {"/a": Answer(status=500)}
    with pytest.raises(PageError, match="answers 500") as error:
        client.get(f"{host.url}/a", {"term": "secret words"})
    assert "secret" not in str(error.value)
    assert len(host.asked("/a")) == 5
    assert sum(clock.slept) > 7  # 1, 2, 4, 8 seconds, each at least halved


def test_what_robots_txt_forbids_is_left_alone(host, client, clock):
    rules = "User-agent: CareThread\nCrawl-delay: 7\nDisallow: /private\n"
    host.answers = {"/robots.txt": Answer(rules), "/a": Answer("A"), "/private/b": Answer("B")}
    with pytest.raises(PageError, match="robots.txt"):
        client.get(f"{host.url}/private/b")
    assert host.asked("/private/b") == []
    client.get(f"{host.url}/a")
    client.get(f"{host.url}/a")
    assert 7.0 in clock.slept


def test_a_host_that_fails_to_give_its_rules_is_left_alone(host, client):
    host.answers = {"/robots.txt": Answer(status=503), "/a": Answer("A")}
    with pytest.raises(PageError, match="robots.txt"):
        client.get(f"{host.url}/a")


def test_an_operator_may_go_by_the_terms_of_an_api(host, clock):
    host.answers = {"/robots.txt": Answer("User-agent: *\nDisallow: /"), "/api": Answer("A")}
    client = PoliteClient(sleep=clock.sleep, clock=clock, go_by_api_terms=True)
    assert client.get(f"{host.url}/api").body == b"A"
    client.close()


def test_a_move_is_followed_on_the_same_host_alone(host, client):
    host.answers = {
        "/old": Answer(status=301, headers={"Location": "/new"}),
        "/new": Answer("A"),
        "/away": Answer(status=302, headers={"Location": "http://127.0.0.2:9/"}),
        "/round": Answer(status=302, headers={"Location": "/round"}),
    }
    assert client.get(f"{host.url}/old").body == b"A"
    with pytest.raises(PageError, match="another host"):
        client.get(f"{host.url}/away")
    with pytest.raises(PageError, match="never arrives"):
        client.get(f"{host.url}/round")


def test_what_is_not_there_and_who_does_not_answer(host, client):
    with pytest.raises(NothingThereError):
        client.get(f"{host.url}/none", known=Validators())
    with pytest.raises(UnreachableError) as error:
        client.get("http://127.0.0.1:9/a")
    assert error.value.host == "127.0.0.1:9"


def test_a_page_that_never_ends_is_refused(host, client, monkeypatch):
    monkeypatch.setattr("vectorstore.fetch.http.LARGEST_BODY_BYTES", 1000)
    host.answers = {"/a": Answer("x" * 5000)}
    with pytest.raises(PageError, match="larger"):
        client.get(f"{host.url}/a")
