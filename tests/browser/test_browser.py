"""What a person sees and does, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import BOX, PHONE, messages, visit, write

FIRST_HALF = (
    "Er+ oligomet breast cancer. Have been 5aking ribocyclib for 14 months. Because of my low"
    " neutrophils the dose was"
)
BROKEN = (
    "Can you suggest integrative approaches? Possibly i can stop the progression. With offlabels"
    " for example neutr"
)


def card(page):
    return page.get_by_test_id("stSidebar")


@pytest.fixture
def page(new_browser, server):
    return visit(new_browser(), server)


def test_first_visit_welcomes_and_says_what_this_is(page):
    expect(page.get_by_text("Welcome.")).to_be_visible()
    expect(page.get_by_text("not medical advice")).to_be_visible()


def test_two_halves_are_read_as_one_and_survive_refresh_and_restart(new_browser, server):
    context = new_browser()
    page = visit(context, server)
    write(page, FIRST_HALF)
    expect(messages(page).last).to_contain_text("the dose was")
    write(page, "lowered to 400")
    for known in ("ER positive", "oligometastatic", "ribociclib, 400 mg", "14 months"):
        expect(card(page)).to_contain_text(known)
    write(page, "What lifestyle changes are recommended for Breast Cancer patients")
    expect(messages(page).last).to_contain_text("ribociclib")

    page.reload()
    expect(messages(page)).to_have_count(6)
    expect(card(page)).to_contain_text("ribociclib, 400 mg")

    server.stop()
    server.start()
    again = visit(context, server)
    expect(messages(again)).to_have_count(6)
    expect(messages(again).first).to_contain_text("5aking ribocyclib")
    expect(card(again)).to_contain_text("ribociclib, 400 mg")


def test_broken_word_is_finished_by_a_click_and_goes_on_from_there(page):
    write(page, BROKEN)
    expect(messages(page).last).to_contain_text("neutr")
    expect(page.get_by_role("button", name="Answer anyway")).to_be_visible()
    page.get_by_role("button", name="neutropenia", exact=True).click()
    expect(messages(page)).to_have_count(4)
    expect(messages(page).last).to_contain_text("Sources")
    expect(page.get_by_role("button", name="Answer anyway")).to_have_count(0)
    page.reload()
    expect(messages(page)).to_have_count(4)


def test_broken_word_is_answered_anyway_by_a_click(page):
    write(page, "Which supplements help with hot flashes? Could I also take melat")
    page.get_by_role("button", name="Answer anyway").click()
    expect(messages(page)).to_have_count(4)
    expect(messages(page).last).to_contain_text("Sources")


def test_second_browser_sees_nothing_of_the_first(new_browser, server):
    first = visit(new_browser(), server)
    write(first, "I take capecitabine and I am 47 years old")
    second = visit(new_browser(), server)
    expect(second.get_by_text("Welcome.")).to_be_visible()
    expect(messages(second)).to_have_count(0)
    write(second, "what do you know about me?")
    assert "capecitabine" not in second.content()


def test_second_tab_of_the_same_browser_sees_the_same(new_browser, server):
    context = new_browser()
    write(visit(context, server), "I take capecitabine")
    tab = visit(context, server)
    expect(messages(tab)).to_have_count(2)
    expect(card(tab)).to_contain_text("capecitabine")


def test_urgent_card_is_shown_as_an_alarm(page):
    write(page, "fever 38.6 since this morning, day 9 after chemo")
    expect(messages(page).last.get_by_test_id("stAlert")).to_contain_text("24-hour line")


def test_source_opens_with_a_click_and_shows_the_very_words(page):
    write(page, "What is letrozole?")
    answer = messages(page).last
    answer.get_by_text(re.compile(r"^Sources \(\d+\)$")).click()
    expect(answer.locator("li strong").first).to_be_visible()
    expect(answer.get_by_role("link", name=re.compile("Letrozole")).last).to_be_visible()


def test_fact_is_forgotten_by_a_click(page):
    write(page, "I take capecitabine")
    card(page).get_by_text("capecitabine", exact=True).click()
    page.get_by_role("button", name="Forget this").click()
    expect(card(page)).to_contain_text("Nothing yet.")
    page.reload()
    expect(messages(page)).to_have_count(2)
    expect(card(page)).to_contain_text("Nothing yet.")


def test_everything_is_forgotten_by_two_clicks(page):
    write(page, "I take capecitabine")
    card(page).get_by_role("button", name="Forget everything").click()
    page.get_by_role("button", name="Yes, forget everything").click()
    expect(messages(page)).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Welcome.")).to_be_visible()


def test_cookie_is_out_of_reach_of_scripts_and_the_address_says_nothing(new_browser, server):
    context = new_browser()
    page = visit(context, server)
    write(page, "I take capecitabine")
    (cookie,) = [c for c in context.cookies() if c["name"] == "carethread_person"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert len(cookie["value"]) >= 32
    assert cookie["value"] not in page.evaluate("document.cookie")
    page.reload()
    assert page.url.rstrip("/") == server.url
    assert next(c for c in context.cookies() if c["name"] == "carethread_person") == {
        **cookie,
        "expires": pytest.approx(cookie["expires"], abs=86_400),
    }


def test_page_asks_no_other_machine_for_anything(new_browser, server):
    context = new_browser()
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit(context, server)
    write(page, "What is letrozole?")
    elsewhere = [
        url for url in asked if not url.startswith((server.url, "data:", "blob:", "ws://127.0.0.1"))
    ]
    assert elsewhere == []


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=\"document.title='broken'\"> I take letrozole",
        "<script>document.title='broken'</script> because of my neutrophils the dose was",
        "![pixel](http://127.0.0.1:9/x.png) [click](javascript:document.title='broken') what is"
        " tamoxifen?",
    ],
)
def test_markup_of_a_message_is_shown_and_never_run(page, attack):
    write(page, attack)
    expect(messages(page).first).to_contain_text(attack)
    assert page.title() == "CareThread"
    assert page.locator("[data-testid=stChatMessage] img[src*='x']").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_second_message_while_the_first_is_answered_is_answered_too(page):
    box = page.get_by_test_id(BOX)
    for message in ("What is letrozole?", "What is tamoxifen?"):
        box.fill(message)
        box.press("Enter")
    expect(messages(page)).to_have_count(4)
    expect(messages(page).last).to_contain_text("amoxifen")
    expect(messages(page).nth(1)).to_contain_text("etrozole")


def test_phone_shows_everything_without_sideways_scrolling(new_browser, server):
    page = visit(new_browser(**PHONE), server)
    _fits(page)
    write(page, BROKEN)
    _fits(page)
    page.get_by_role("button", name="neutropenia", exact=True).click()
    expect(messages(page)).to_have_count(4)
    expect(messages(page).last).to_contain_text("Sources")
    _fits(page)
    write(page, "What is the difference between ribociclib and palbociclib?")
    _fits(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    last = card(page).get_by_role("button", name="Forget everything")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    _fits(page)


WIDE = """() => [...document.querySelectorAll('*')].filter(e => {
  const box = e.getBoundingClientRect();
  return e.scrollWidth > e.clientWidth + 1 && box.width > 0 && box.right > 0
    && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
    && !e.closest('table') && !e.querySelector('table') && e.tagName !== 'TEXTAREA';
}).map(e => e.dataset.testid || e.tagName)"""


def _fits(page):
    """Nothing but a table of its own is wider than the screen or can be pushed sideways."""
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDE) == []
    main = page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert main["x"] >= 0
    assert main["x"] + main["width"] <= width + 1


def test_keyboard_reaches_the_box_and_the_quick_replies(page):
    write(page, BROKEN)
    reached = set()
    page.get_by_test_id(BOX).focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(() => { const e = document.activeElement;"
                " return e.dataset.testid || e.innerText || e.getAttribute('aria-label') })()"
            )
        )
    assert BOX in reached
    assert any("neutropenia" in str(name) for name in reached)
    assert any("Answer anyway" in str(name) for name in reached)
    assert any("Forget everything" in str(name) for name in reached)


def test_quick_reply_is_given_by_the_keyboard_alone(page):
    write(page, BROKEN)
    page.get_by_role("button", name="neutropenia", exact=True).focus()
    page.keyboard.press("Enter")
    expect(messages(page)).to_have_count(4)


def test_no_message_stands_in_the_servers_log(page, server):
    write(page, "My canary is Rosalind-7f3a and I take capecitabine")
    assert "Rosalind-7f3a" not in server.log()
    assert "Traceback" not in server.log()
