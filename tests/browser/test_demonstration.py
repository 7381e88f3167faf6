"""A demonstration in a real browser, from the choice to the wipe."""

import json
import re

from playwright.sync_api import expect

from chains.demonstration.people import load_people
from tests.support.axe import assert_no_serious_violations

BOX = "stChatInputTextArea"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG_MS = 90_000
PEOPLE = {person.key: person for person in load_people()}


def opened(context, server, path):
    page = context.new_page()
    page.goto(f"{server.url}/{path}")
    return page


def messages(page):
    return page.get_by_test_id("stChatMessage")


def panel(page):
    return page.locator(".st-key-presenter")


def begin(page, name):
    page.get_by_role("button", name=f"Show {name}").click(timeout=LONG_MS)
    expect(page.get_by_role("button", name="Send it")).to_be_visible(timeout=LONG_MS)


def step(page, number, *, of):
    page.get_by_role("button", name="Send it").click()
    told = f"Step {number + 1} of {of}" if number < of else "script"
    expect(panel(page).get_by_text(re.compile(told)).first).to_be_visible(timeout=LONG_MS)
    expect(messages(page).last).to_contain_text("medical advice", timeout=LONG_MS)


def fits(page):
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_demonstration_from_choice_to_wipe_leaves_a_real_conversation_alone(new_browser, server):
    context = new_browser()
    chat = opened(context, server, "")
    box = chat.get_by_test_id(BOX)
    box.fill("My canary is Rosalind-51 and I take capecitabine", timeout=LONG_MS)
    box.press("Enter")
    expect(messages(chat)).to_have_count(2, timeout=LONG_MS)
    # The same tab and session: by the navigation, not by the address.
    chat.get_by_role("link", name="Demonstration").click()
    page, rosa = chat, PEOPLE["rosa"]
    expect(page.get_by_role("heading", name="Demonstration")).to_be_visible(timeout=LONG_MS)
    assert_no_serious_violations(page)
    begin(page, rosa.name)
    assert "Rosalind-51" not in page.content()
    assert "capecitabine" not in page.content()
    for number, one in enumerate(rosa.steps, 1):
        step(page, number, of=len(rosa.steps))
        expect(panel(page)).to_contain_text(one.note)
        expect(page.get_by_text("Demonstration.", exact=True)).to_be_visible()
    expect(panel(page)).to_contain_text("ribociclib, 400 mg")
    box = page.get_by_test_id(BOX)
    box.fill("what do you know about me?")
    box.press("Enter")
    expect(messages(page)).to_have_count(2 * len(rosa.steps) + 2, timeout=LONG_MS)
    expect(messages(page).last).to_contain_text("age 52", timeout=LONG_MS)
    expect(messages(page).last).not_to_contain_text("capecitabine")
    assert_no_serious_violations(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    exported = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert exported["made_up"].startswith("A made-up person")
    assert "Rosalind-51" not in json.dumps(exported)
    assert next(c["value"] for c in context.cookies()) not in json.dumps(exported)
    page.get_by_role("button", name="Wipe it").click()
    expect(page.get_by_role("button", name=f"Show {rosa.name}")).to_be_visible()
    assert "ribociclib" not in page.content()
    page.get_by_role("link", name="Chat").click()
    expect(messages(page)).to_have_count(2)
    expect(messages(page).first).to_contain_text("Rosalind-51")
    expect(page.get_by_test_id("stSidebar")).not_to_contain_text("ribociclib")


def test_phone_and_keyboard_can_show_somebody(new_browser, server):
    page = opened(new_browser(**PHONE), server, "demonstration")
    show = page.get_by_role("button", name="Show Linda")
    expect(show).to_be_visible(timeout=LONG_MS)
    fits(page)
    show.focus()
    page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Send it")
    expect(send).to_be_visible(timeout=LONG_MS)
    send.focus()
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("Step 2 of", timeout=LONG_MS)
    expect(panel(page)).to_contain_text("What is known of Linda's mother")
    fits(page)


def test_crafted_cookie_opens_no_demonstration(new_browser, server):
    context = new_browser()
    context.add_cookies([
        {"name": "carethread_person", "value": f"demonstration:{'x' * 43}", "url": server.url}
    ])
    page = opened(context, server, "")
    expect(page.get_by_test_id(BOX)).to_be_visible(timeout=LONG_MS)
    (cookie,) = [c for c in context.cookies() if c["name"] == "carethread_person"]
    assert not cookie["value"].startswith("demonstration")
    assert len(cookie["value"]) >= 32
