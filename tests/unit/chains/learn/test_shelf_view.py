"""The shelf as it is browsed: filters, search, review dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chains.learn.shelf_view import (
    Filters,
    choices_of,
    find_on_shelf,
    is_past_review,
    pages_read,
    review_due,
    shelf_entries,
)
from tests.support.builders import article, library, line, section
from vectorstore.description import Description

TODAY = date(2026, 11, 30)
PAGE = section("in_short", line("A claim."))


@pytest.fixture(scope="module")
def shelf(services):
    """Every entry of the real shelf."""
    return shelf_entries(services.index, TODAY)


def ids(found):
    return [one.entry.article_id for one in found]


def test_article_is_past_review_a_year_after_it_was_read_and_not_before():
    one = article("a", "A", [PAGE])
    assert not is_past_review(one, review_due(one))
    assert is_past_review(one, review_due(one) + timedelta(days=1))


class OneDocument:
    """A shelf that holds one document."""

    def documents(self):
        yield (
            "shelf-1",
            Description(
                title="Theirs",
                publisher="A society",
                year=2025,
                licence="not stated",
                audience="patient",
                kind="guideline",
                url="https://example.org/theirs.pdf",
                file_name="theirs.pdf",
            ),
        )


def test_document_of_the_shelf_carries_its_own_year_and_address(services):
    ours = article("a", "Ours", [PAGE])
    index = replace(services.index, library=library(ours), shelf=OneDocument())
    by_id = {entry.article_id: entry for entry in shelf_entries(index, TODAY)}
    assert by_id["a"].is_ours and by_id["a"].reviewed == ours.reviewed
    theirs = by_id["shelf-1"]
    assert not theirs.is_ours and theirs.url == "https://example.org/theirs.pdf"
    assert theirs.reviewed is None and theirs.newest == 2025


def test_everything_is_listed_by_title_where_nothing_is_searched(services, shelf):
    found = find_on_shelf("  ", shelf, Filters(), services)
    titles = [one.entry.title.lower() for one in found]
    assert len(found) == len(services.index.library) + len(services.index.shelf)
    assert titles == sorted(titles)


def test_each_filter_leaves_what_it_says(services, shelf):
    choices = choices_of(shelf)
    topic, publisher, kind = choices.topics[0], choices.publishers[3], choices.kinds[0]
    year = choices.years[0]
    filters = {
        Filters(topic=topic): lambda e: topic in e.topics,
        Filters(publisher=publisher): lambda e: publisher in e.publishers,
        Filters(kind=kind): lambda e: kind in e.kinds,
        Filters(since=year): lambda e: e.newest >= year,
        Filters(topic=topic, kind=kind): lambda e: topic in e.topics and kind in e.kinds,
    }
    for wanted, holds in filters.items():
        found = find_on_shelf("", shelf, wanted, services)
        assert found and len(found) == sum(map(holds, shelf))
        assert all(holds(one.entry) for one in found)


def test_what_is_past_review_can_be_listed_alone(services):
    late = shelf_entries(services.index, TODAY + timedelta(days=3650))
    found = find_on_shelf("", late, Filters(only_past_review=True), services)
    assert len(found) == len(late)
    now = shelf_entries(services.index, min(e.reviewed for e in late if e.reviewed))
    assert find_on_shelf("", now, Filters(only_past_review=True), services) == []


@pytest.mark.parametrize(
    ("words", "article_id"),
    [
        ("my arm is swolen since the operation", "lymphedema"),
        ("burning pins and needles in my toes", "neuropathy"),
        ("should I write a living will", "advance-care-planning"),
    ],
)
def test_search_finds_by_meaning_what_no_title_says(services, shelf, words, article_id):
    found = find_on_shelf(words, shelf, Filters(), services)
    assert article_id in ids(found)[:3]


def test_title_that_is_typed_comes_first(services, shelf):
    for entry in shelf[::20]:
        found = find_on_shelf(entry.title, shelf, Filters(), services)
        assert ids(found)[0] == entry.article_id


def test_search_keeps_to_the_filters(services, shelf):
    found = find_on_shelf("tired", shelf, Filters(topic="sleep"), services)
    assert found and all("sleep" in one.entry.topics for one in found)


@pytest.mark.parametrize("words", ["zxqv wplk", "lawn mower carburetor"])
def test_search_for_what_is_not_there_finds_nothing(services, shelf, words):
    assert find_on_shelf(words, shelf, Filters(), services) == []


def test_each_page_that_was_read_is_listed_once_under_its_publisher(services):
    pages = pages_read(services.index)
    urls = [(publisher, source.url) for publisher, found in pages.items() for source in found]
    assert len(urls) == len(set(urls)) > 300
    assert all(source.publisher == name for name, found in pages.items() for source in found)
