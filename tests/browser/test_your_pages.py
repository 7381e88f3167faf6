"""My information and Visit sheet, in a real browser."""

import io
import json
import re
from uuid import uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle
from playwright.sync_api import expect
from pypdf import PdfReader

from chains.record import AnswerRecord, TurnRecord
from chains.stages import Completeness, TriageResult
from memory.card import route
from memory.settings import MemorySettings
from memory.sql_store import open_store
from pages._ui.session import COOKIE
from tests.support.axe import assert_no_serious_violations
from tests.support.builders import fact, marker

# A busy machine draws late; what is wrong stays wrong for so long.
expect.set_options(timeout=60_000)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
QUESTION = "Can I eat grapefruit with ribociclib?"
TOLD = (
    (
        "PR positive stage IV breast cancer, spread to the bones. I take ribociclib 400 mg since"
        " March 2025. I took tamoxifen from 2019 until January 2024. ANC was 0.8 in May 2026",
        fact("diagnosis", "breast cancer"),
        fact("stage", "IV"),
        fact("extent", "metastatic", evidence="bones").model_copy(update={"state": "inferred"}),
        marker("PR", "positive"),
        fact("medication", "ribociclib", dose="400 mg", since="March 2025"),
        fact(
            "medication",
            "tamoxifen",
            status="past",
            evidence="tamoxifen from 2019 until January 2024",
            until="January 2024",
        ),
        fact("lab", "ANC", value="0.8", evidence="ANC was 0.8"),
    ),
    (
        "PR negative. ANC was 1.1 in June 2026",
        marker("PR", "negative"),
        fact("lab", "ANC", value="1.1", evidence="ANC was 1.1"),
        fact("medication", "palbociclib", subject="mother"),
    ),
    (QUESTION,),
)


@pytest.fixture
def context(new_browser, server):
    """A browser whose person has told and asked a few things: kept by the server's own store."""
    person = f"browser-{uuid4().hex}"
    store = open_store(MemorySettings(data_dir=server.folder / "data"))
    store.ensure_thread(person, person)
    for message, *facts in TOLD:
        turn = store.begin_turn(person, person, typed=message)
        store.save_cards(person, turn.turn_id, changes=route(store.cards(person), facts))
        record = TurnRecord(
            thread_id=person,
            turn=turn.number,
            message=message,
            kind="memory" if facts else "answer",
            triage=TriageResult(),
            completeness=Completeness(),
            standalone_question=message,
            answer=AnswerRecord(questions_to_ask=() if facts else ("How are my counts?",)),
        )
        done = record.model_dump_json()
        store.finish_turn(person, turn.turn_id, status="complete", record=done)
    store.close()
    made = new_browser()
    made.add_cookies([{"name": COOKIE, "value": person, "url": server.url}])
    return made


def visit(context, server, path, title):
    page = context.new_page()
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=60_000)
    # The head is drawn before the rest: what a test looks for comes last.
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    return page


def information(context, server):
    page = visit(context, server, "my_information", "My information")
    expect(page.get_by_role("heading", name="Delete everything")).to_be_visible()
    return page


def row(page, words):
    """The row of a fact, by what it says."""
    return page.locator("[class*='st-key-fact-']").filter(has_text=words).first


def downloaded(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def fits(page):
    width = page.evaluate("document.documentElement.clientWidth")
    return page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_known_is_checked_settled_taken_along_and_deleted(context, server):
    page = information(context, server)
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings[:2] == ["Which is right?", "Did I get this right?"]
    expect(row(page, "ribociclib, 400 mg")).to_contain_text("you told me")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    assert_no_serious_violations(page)

    other_tab = information(context, server)
    page.get_by_role("button", name="Keep “PR negative”").click()
    expect(page.get_by_role("heading", name="Which is right?")).to_have_count(0)
    page.get_by_role("button", name="Yes, that is right").click()
    expect(page.get_by_role("heading", name="Did I get this right?")).to_have_count(0)
    expect(row(page, "metastatic")).to_contain_text("you confirmed it")
    row(page, "ribociclib, 400 mg").get_by_role("button", name="Change").click()
    page.get_by_label("Dose").fill("200 mg")
    page.get_by_role("button", name="Correct it").click()
    expect(row(page, "ribociclib, 200 mg")).to_contain_text("you corrected it")
    _forget(page, "tamoxifen")
    expect(page.get_by_text("tamoxifen")).to_have_count(0)
    # It still stands there, and is forgotten once more.
    _forget(other_tab, "tamoxifen")
    expect(other_tab.get_by_text("tamoxifen")).to_have_count(0)
    assert other_tab.get_by_test_id("stException").count() == 0

    name, everything = downloaded(page, "Download everything")
    kept = json.loads(everything)
    assert len(kept["threads"][0]["turns"]) == 3
    assert "not medical advice" in kept["notice"]
    fhir_name, bundle = downloaded(page, "Download for a health record")
    assert len(Bundle.model_validate_json(bundle).entry) > 4
    assert b"tamoxifen" not in bundle
    for given in (name, fhir_name):
        assert re.fullmatch(r"carethread-[a-z0-9-]+\.json", given)

    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("button", name="Delete it now")).to_be_disabled()
    page.get_by_text("Yes, I want all of it deleted").click()
    page.get_by_role("button", name="Delete it now").click()
    expect(page.get_by_text("I know nothing about you yet")).to_be_visible()
    assert_no_serious_violations(page)


def _forget(page, words):
    row(page, words).get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Forget this").click()


def test_visit_sheet_is_changed_kept_and_taken_along(context, server):
    page = visit(context, server, "visit_sheet", "Visit sheet")
    paper = page.locator(".st-key-visit-paper")
    expect(paper).to_contain_text("ribociclib, 400 mg")
    expect(paper).to_contain_text("Can I eat grapefruit with ribociclib?")
    expect(paper).to_contain_text("not medical advice")
    page.get_by_label("Add a question of your own").fill("May I fly to Zürich?")
    page.get_by_role("button", name="Add it").click()
    first = paper.locator("ol li").first
    expect(first).to_have_text("May I fly to Zürich?")
    page.get_by_role("button", name="Down").first.click()
    expect(first).to_contain_text("grapefruit")
    page.get_by_role("button", name="Remove").first.click()
    expect(first).to_have_text("May I fly to Zürich?")
    expect(paper).not_to_contain_text("grapefruit")
    page.get_by_label("My notes").fill("Señora Nuñez comes along")
    page.get_by_role("button", name="Keep my notes").click()
    expect(paper).to_contain_text("Señora Nuñez comes along")
    page.reload()
    expect(paper).to_contain_text("Señora Nuñez comes along")
    expect(first).to_have_text("May I fly to Zürich?")
    assert_no_serious_violations(page)

    name, pdf = downloaded(page, "PDF")
    told = " ".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())
    for words in ("ribociclib, 400 mg", "May I fly to Zürich?", "Señora Nuñez", "not medical adv"):
        assert words in told
    assert "grapefruit" not in told
    assert name == "visit-sheet.pdf"
    name, text = downloaded(page, "Text (Markdown)")
    assert "May I fly to Zürich?" in text.decode()
    assert name == "visit-sheet.md"

    page.get_by_text("My mother").click()
    expect(paper).to_contain_text("palbociclib")
    expect(paper).not_to_contain_text("ribociclib, 400 mg")

    page.evaluate("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    for times in (1, 2):
        page.get_by_role("button", name="Print").click()
        page.wait_for_function(f"window.printed === {times}")
    page.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(page.get_by_role("textbox", name="My notes")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def test_pages_fit_a_phone_in_the_dark_and_help_where_there_is_nothing_yet(new_browser, server):
    made = new_browser(**PHONE, color_scheme="dark")
    page = information(made, server)
    expect(page.get_by_text("I know nothing about you yet")).to_be_visible()
    assert fits(page)
    assert_no_serious_violations(page)
    page.goto(f"{server.url}/visit_sheet")
    expect(page.get_by_text("Your sheet is empty so far")).to_be_visible(timeout=60_000)
    assert_no_serious_violations(page)
    page.get_by_label("Add a question of your own").fill("Is a verylongwordwithoutanyblank" * 5)
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-visit-paper")).to_contain_text("verylongword")
    assert fits(page)
    assert_no_serious_violations(page)
