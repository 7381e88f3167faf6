"""Questions, sources, trials and support in a real browser, on a desk and on a phone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.axe import assert_no_serious_violations

BOX, SEND = "stChatInputTextArea", "stChatInputSubmitButton"
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOLD = "Triple negative breast cancer, spread to the lung. BRCA1 positive. I take capecitabine."
PATIENCE_MS = 60_000
FIRST_ANSWER_MS = 200_000
"""On a busy machine the first answer of a process takes long."""


@pytest.fixture(scope="module", params=[DESK, PHONE], ids=["desk", "phone"])
def page(request, chromium, server):
    """A page of somebody who has told the chat about their cancer."""
    context = chromium.new_context(**request.param)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_test_id(BOX).fill(TOLD)
    page.get_by_test_id(SEND).click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)
    answer = page.get_by_test_id("stChatMessage").last
    expect(answer).to_contain_text("not medical advice", timeout=FIRST_ANSWER_MS)
    yield page
    context.close()
    expect.set_options(timeout=5_000)


def opened(page, server, name, title):
    page.goto(f"{server.url}/{name}")
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    return page


def search(page, label, words):
    box = page.get_by_label(label)
    box.fill(words)
    box.press("Enter")


def holds_up(page):
    """Nothing is wider than the screen, and no serious accessibility violation is there."""
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    main = page.get_by_test_id("stMainBlockContainer")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert_no_serious_violations(page)


def test_question_is_found_by_meaning_and_asked_in_the_chat(page, server):
    opened(page, server, "questions", "Questions")
    holds_up(page)
    search(page, "Search in your own words", "my head is foggy since chemo")
    expect(page.get_by_role("heading", level=3, name="What is chemo brain?")).to_be_visible()
    before = _asked(page, server)
    page.get_by_role("button", name="Ask this about me").first.click()
    messages = page.get_by_test_id("stChatMessage")
    expect(messages).to_have_count(before + 2)
    expect(messages.nth(before)).to_contain_text("chemo brain")
    assert urlsplit(page.url).query == ""


def _asked(page, server):
    """Messages in the chat so far, seen from a tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(server.url)
    expect(tab.get_by_test_id("stChatMessage").first).to_be_visible()
    count = tab.get_by_test_id("stChatMessage").count()
    tab.close()
    return count


def test_article_is_found_and_read_with_its_sources_beside_its_claims(page, server):
    opened(page, server, "sources", "Sources and guidelines")
    holds_up(page)
    search(page, "Search in your own words", "tamoxifen")
    expect(page.get_by_role("heading", level=3).first).to_contain_text("amoxifen")
    page.get_by_role("button", name="Read the article").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("amoxifen")
    expect(page.get_by_text("Last reviewed")).to_be_visible()
    mark = page.get_by_role("link", name=re.compile(r"^\[\d+\]$")).first
    source = page.get_by_role("link", name=mark.get_attribute("title"), exact=True).first
    assert source.get_attribute("href") == mark.get_attribute("href")
    expect(page.get_by_text(re.compile("^If you .*:$")).first).to_be_visible()
    assert page.get_by_text(re.compile(r"biomarker\.|\w+ = \w+")).count() == 0
    holds_up(page)
    assert urlsplit(page.url).query == ""
    page.get_by_role("button", name="Back to all sources").click()
    page.get_by_role("tab", name="Guidelines and leaflets").click()
    expect(page.get_by_role("link", name=re.compile("NCCN Guidelines.*Metastatic"))).to_be_visible()
    holds_up(page)


def test_trial_search_is_filled_from_the_card_and_edited_before_it_is_opened(page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, server, "trials", "Clinical trials")
    link = page.get_by_role("link", name=re.compile("Open this search"))
    carried = parse_qs(urlsplit(link.get_attribute("href")).query)
    assert carried["cond"] == ["Metastatic Breast Cancer"]
    assert carried["term"] == ["triple negative AND BRCA1 mutation"]
    assert carried["intr"] == ["capecitabine"]
    holds_up(page)
    search(page, re.compile("^Medicine"), "")
    search(page, re.compile("^Place"), "Denver")
    expect(link).to_have_attribute("href", re.compile("locStr=Denver"))
    assert "capecitabine" not in link.get_attribute("href")
    assert "noreferrer" in link.get_attribute("rel")
    expect(page.get_by_text("Nothing is sent before you click")).to_be_visible()
    assert [url for url in asked if "clinicaltrials" in url] == []


def test_services_are_chosen_by_the_card_with_the_reason_and_found_by_need(page, server):
    opened(page, server, "support", "Support and services")
    expect(page.get_by_role("heading", level=2, name="For you")).to_be_visible()
    expect(page.get_by_text("Chosen because a change in BRCA1 was found.").first).to_be_visible()
    expect(page.get_by_text("Chosen because your cancer has spread.").first).to_be_visible()
    page.get_by_text(re.compile("^Help lines and someone")).click()
    call = page.get_by_role("link", name="1-800-422-6237").last
    expect(call).to_be_visible()
    assert call.get_attribute("href") == "tel:18004226237"
    holds_up(page)
    search(page, "What do you need?", "someone to pay my bills")
    expect(page.get_by_role("heading", level=2, name="What may fit")).to_be_visible()
    expect(page.get_by_role("link", name="Patient Advocate Foundation").first).to_be_visible()


def test_pages_are_reached_and_used_by_the_keyboard_alone(page, server):
    opened(page, server, "questions", "Questions")
    page.get_by_label("Search in your own words").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || ''"))
    assert any("Ask this about me" in text for text in reached)
    assert any("Read the article" in text for text in reached)
    page.get_by_role("button", name="Read the article").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Back to all sources")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
