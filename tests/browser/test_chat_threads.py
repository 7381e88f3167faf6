"""Conversations by title, and what can be done with one message, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import messages, visit, write


@pytest.fixture
def page(new_browser, server):
    return visit(new_browser(), server)


def side(page):
    return page.get_by_test_id("stSidebar")


def choose(page, menu, option):
    menu.click()
    page.get_by_role("menuitem", name=option).or_(page.get_by_role("option", name=option)).click()


def test_conversations_are_named_found_renamed_and_deleted(page):
    write(page, "What is letrozole?")
    expect(side(page).get_by_role("button", name="What is letrozole?")).to_be_visible()
    side(page).get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("Welcome.")).to_be_visible()
    write(page, "What helps against tiredness?")

    side(page).get_by_label("Search your conversations").fill("letro")
    side(page).get_by_label("Search your conversations").press("Enter")
    expect(side(page).get_by_role("button", name="What helps against")).to_have_count(0)
    side(page).get_by_role("button", name="What is letrozole?").click()
    expect(messages(page).first).to_contain_text("What is letrozole?")
    current = side(page).locator("[aria-current=true]")
    expect(current).to_contain_text("What is letrozole?")

    menu = side(page).locator(".st-key-change-thread button").first
    choose(page, menu, "Rename")
    page.get_by_label("Name", exact=True).fill("My tablets")
    page.get_by_role("button", name="Save").click()
    expect(current).to_contain_text("My tablets")

    choose(page, menu, "Delete")
    page.get_by_role("button", name="Yes, delete it").click()
    expect(messages(page).first).to_contain_text("What helps against tiredness?")
    expect(side(page)).not_to_contain_text("My tablets")


def test_message_is_edited_and_asked_again_then_deleted_with_what_it_taught(page):
    write(page, "I take letrozole 25 mg")
    expect(side(page)).to_contain_text("letrozole, 25 mg")
    choose(page, messages(page).last.get_by_role("button", name="More"), "Edit and ask again")
    page.get_by_label("Your message").fill("I take letrozole 2.5 mg")
    page.get_by_role("button", name="Ask again").click()
    expect(side(page)).to_contain_text("letrozole, 2.5 mg")
    expect(side(page)).not_to_contain_text("25 mg")
    expect(messages(page)).to_have_count(2)

    choose(page, messages(page).last.get_by_role("button", name="More"), "Delete this message")
    page.get_by_role("button", name="Yes, delete it").click()
    expect(messages(page)).to_have_count(0)
    expect(side(page)).not_to_contain_text("letrozole")


def test_copy_carries_the_sources_and_the_notice(new_browser, server):
    context = new_browser()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page = visit(context, server)
    write(page, "What is letrozole?")
    messages(page).last.get_by_role("button", name="Copy").click()
    expect(messages(page).last.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Sources" in copied
    assert re.search(r"\(https://", copied)
    assert copied.endswith("your care team knows you and decides with you.")
    assert "**" not in copied


def test_thumb_and_reason_are_still_there_after_a_refresh(page):
    write(page, "What is letrozole?")
    messages(page).last.get_by_test_id("stFeedback").get_by_role("radio").or_(
        messages(page).last.get_by_test_id("stFeedback").get_by_role("button")
    ).last.click()
    page.get_by_label("What was wrong or missing? (optional)").fill("too long")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("What was wrong or missing? (optional)")).to_have_value("too long")
