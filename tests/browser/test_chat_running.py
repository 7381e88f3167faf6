"""An answer that is being made: queue, stop, refresh, lost connection, second tab; the phone."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.acting import BOX, PHONE, SEND, messages, visit, write
from tests.browser.conftest import Server
from tests.support.model_server import faithful, model_server
from tests.support.opened_index import give_index

# Some seconds of reading: what is sent after it waits.
LONG = "I feel tired after radiation and my arm is swollen, what can I do about that? " * 95


@pytest.fixture
def page(new_browser, server):
    return visit(new_browser(), server)


def send(page, message):
    page.get_by_test_id(BOX).fill(message)
    page.get_by_test_id(SEND).click()


def test_answer_comes_though_the_page_is_left_while_it_is_made(new_browser, server):
    context = new_browser()
    page = visit(context, server)
    send(page, LONG)
    send(page, "What is tamoxifen?")
    expect(messages(page)).to_have_count(4)
    page.close()
    again = visit(context, server)
    expect(messages(again)).to_have_count(4)
    expect(messages(again).last).to_contain_text("amoxifen", timeout=60_000)
    expect(messages(again).last).to_contain_text("not medical advice", timeout=60_000)


def test_lost_connection_loses_nothing(new_browser, server):
    context = new_browser()
    page = visit(context, server)
    write(page, "What is letrozole?")
    context.set_offline(True)
    expect(messages(page).last).to_contain_text("etrozole")
    messages(page).last.get_by_text("Sources (").click()
    expect(messages(page).last.get_by_role("link").first).to_be_visible()
    context.set_offline(False)
    write(page, "What is tamoxifen?")
    expect(messages(page)).to_have_count(4)


def test_return_key_of_a_phone_sends_nothing(new_browser, server):
    page = visit(new_browser(**PHONE), server)
    box = page.get_by_test_id(BOX)
    expect(box).to_have_attribute("enterkeyhint", "enter")
    box.press_sequentially("What is")
    box.press("Enter")
    box.press_sequentially("letrozole?")
    expect(box).to_have_value("What is\nletrozole?")
    expect(messages(page)).to_have_count(0)
    page.get_by_test_id(SEND).click()
    expect(messages(page)).to_have_count(2)


@pytest.fixture
def slow(tmp_path, server, monkeypatch):
    """A server with a language model, which answers one message and then stops in mid-answer."""
    give_index(server.folder / "data", to=tmp_path / "data")
    with model_server() as scripted:
        scripted.behave = faithful
        monkeypatch.setenv("OPENAI_BASE_URL", scripted.url)
        monkeypatch.setenv("CARETHREAD_MODEL_READS", "false")
        made = Server(tmp_path)
        made.start()
        yield made, scripted
        made.stop()


def _nearly_all(body):
    return len(faithful(body).text.split()) - 3


def test_answer_is_read_while_it_is_written_and_stopped_without_half_of_it(new_browser, slow):
    server, model = slow
    page = visit(new_browser(), server)
    send(page, "What is tamoxifen?")  # the first answer waits until all is read
    expect(messages(page).last).to_contain_text("not medical advice", timeout=120_000)
    model.behave = lambda body: replace(faithful(body), hang_after=_nearly_all(body))
    send(page, "What is letrozole?")
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    expect(messages(page).last).to_contain_text("etrozole", timeout=60_000)
    stop.click()
    expect(page.get_by_role("button", name="Ask it again")).to_be_visible(timeout=60_000)
    expect(messages(page).nth(2)).to_contain_text("What is letrozole?")
    expect(messages(page).last).not_to_contain_text("etrozole")


def test_screen_reader_is_told_how_the_answer_starts(page):
    write(page, "What is letrozole?")
    status = page.locator(".st-key-mind-the-chat").get_by_role("status")
    expect(status).to_contain_text("Answer: ")
    expect(status).to_contain_text("etrozole")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("What is letrozole?")
