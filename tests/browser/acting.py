"""What a person does in the browser; tests of any page may use it."""

from playwright.sync_api import expect

BOX = "stChatInputTextArea"
SEND = "stChatInputSubmitButton"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def visit(context, server, path=""):
    """Open the chat, or the page at `path`, and wait until it can be used."""
    page = context.new_page()
    page.goto(f"{server.url}/{path}")
    ready = page.get_by_test_id("stMainBlockContainer") if path else page.get_by_test_id(BOX)
    expect(ready).to_be_visible(timeout=60_000)
    return page


def messages(page):
    """The bubbles of the chat, the person's and the answers, oldest first."""
    return page.get_by_test_id("stChatMessage")


def write(page, message):
    """Type a message into the chat and wait until its answer is drawn."""
    before = messages(page).count()
    box = page.get_by_test_id(BOX)
    box.fill(message)
    page.get_by_test_id(SEND).click()
    expect(messages(page)).to_have_count(before + 2)
    expect(messages(page).last).to_contain_text("not medical advice")
