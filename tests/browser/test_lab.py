"""The Lab in a real browser: closed without the setting, a replay, a batch of 50."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.support.axe import assert_no_serious_violations
from tests.support.opened_index import give_index

LONG_MS = 120_000
BOX = "stChatInputTextArea"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CANARY = "My canary is Rosalind-77 and I take capecitabine"
MEDICINES = ("letrozole", "tamoxifen", "ribociclib", "olaparib", "capecitabine")


@pytest.fixture(scope="module", autouse=True)
def _patient():
    """What the Lab runs takes seconds on an idle machine and longer on a busy one."""
    expect.set_options(timeout=LONG_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def lab(tmp_path_factory, server):
    """A server whose operator opened the Lab."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CARETHREAD_LAB", "true")
    folder = tmp_path_factory.mktemp("lab")
    give_index(server.folder / "data", to=folder / "data")
    made = Server(folder)
    made.start()
    patch.undo()
    yield made
    made.stop()


def opened(context, server, path="lab"):
    context.set_default_timeout(LONG_MS)
    page = context.new_page()
    page.goto(f"{server.url}/{path}")
    return page


def view(page, name):
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()


def fits(page):
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_lab_is_closed_where_the_operator_did_not_open_it(new_browser, server):
    page = opened(new_browser(), server)
    expect(page.get_by_role("link", name="Demonstration")).to_have_count(1)
    expect(page.get_by_test_id(BOX)).to_be_visible()
    expect(page.get_by_role("link", name="Lab")).to_have_count(0)
    expect(page.get_by_role("heading", name="Lab", exact=True)).to_have_count(0)


def test_own_turns_are_opened_only_while_the_switch_is_on(new_browser, lab):
    context = new_browser()
    chat = opened(context, lab, "")
    box = chat.get_by_test_id(BOX)
    box.fill(CANARY)
    box.press("Enter")
    expect(chat.get_by_test_id("stChatMessage").last).to_contain_text("not medical advice")
    page = opened(context, lab)
    page.get_by_text("My conversations in this browser").click()
    told = page.get_by_text("has not said that their conversations may be opened")
    expect(told).to_be_visible()
    assert "Rosalind-77" not in page.content()
    switch = page.get_by_text("Let testers open my conversations")
    switch.click()
    expect(told).to_have_count(0)
    view(page, "One turn")
    expect(page.get_by_text("same as what was stored")).to_be_visible()
    expect(page.get_by_text(CANARY).first).to_be_visible()
    page.get_by_text("Make this turn a case").click()
    page.get_by_role("button", name="Save the case").click()
    expect(page.get_by_text(re.compile("python -m chains replay"))).to_be_visible()
    (case,) = (lab.folder / "data" / "lab" / "cases").glob("*.jsonl")
    assert json.loads(case.read_text(encoding="utf-8"))["message"] == CANARY
    other = opened(new_browser(), lab)
    other.get_by_text("My conversations in this browser").click()
    expect(other.get_by_text("has not said")).to_be_visible()
    assert "Rosalind-77" not in other.content()
    switch.click()
    expect(told).to_be_visible()
    expect(page.get_by_text(CANARY)).to_have_count(0)
    assert "Rosalind-77" not in lab.log()


def test_recorded_conversation_is_replayed_and_the_one_difference_found(new_browser, lab, tmp_path):
    page = opened(new_browser(), lab)
    expect(page.get_by_text("Brought in", exact=True).first).to_be_visible()
    assert_no_serious_violations(page)
    view(page, "Record and replay")
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("turns with their records")).click()
    recorded = saved.value.path().read_text(encoding="utf-8")
    same = tmp_path / "same.jsonl"
    same.write_text(recorded, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(same)
    expect(page.get_by_text("none differ")).to_be_visible()
    rows = [json.loads(line) for line in recorded.splitlines()]
    follow_up = next(row for row in rows if row["message"] == "and pomelo?")
    follow_up["record"]["standalone_question"] = "and pomelo?"
    changed = tmp_path / "changed.jsonl"
    changed.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(changed)
    expect(page.get_by_text(f"{len(rows)} turns replayed, 1 differ")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the differences").click()
    (difference,) = saved.value.path().read_text(encoding="utf-8").splitlines()[1:]
    assert "condense,question,and pomelo?," in difference
    assert "ribociclib" in difference
    assert_no_serious_violations(page)


def fifty():
    """A batch of 50 conversations, ten of which expect what is not so, and a broken row."""
    rows = ["thread_id,message,expect_kind,expect_facts,expect_level"]
    for number in range(50):
        medicine = MEDICINES[number % len(MEDICINES)]
        wanted = "anastrozole" if number % 5 == 4 else medicine
        rows.append(f"talk-{number},I take {medicine},memory,medication:{wanted},none")
    return "\n".join([*rows, "talk-x,hello,maybe,,"])


def test_batch_of_fifty_conversations_is_run_filtered_charted_and_exported(
    new_browser, lab, tmp_path
):
    page = opened(new_browser(), lab)
    view(page, "Batch")
    batch = tmp_path / "fifty.csv"
    batch.write_text(fifty(), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(batch)
    expect(page.get_by_text("row 52: kind")).to_be_visible()
    page.get_by_role("button", name="Run 50 messages of 50 conversations").click()
    passed = page.get_by_test_id("stMetric").filter(has_text="Pass")
    expect(passed).to_contain_text("40")
    expect(page.get_by_test_id("stMetric").filter(has_text="Fail")).to_contain_text("10")
    page.get_by_role("textbox", name="Words in message or question").fill("capecitabine")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    expect(page.get_by_test_id("stVegaLiteChart").first.locator("svg, canvas")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download these rows").click()
    lines = saved.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 11
    assert all("fail" in line and "medication:anastrozole" in line for line in lines[1:])
    assert_no_serious_violations(page)
    page.set_viewport_size(PHONE["viewport"])
    fits(page)
