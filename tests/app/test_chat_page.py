"""The chat page, drawn without a browser."""

import ast
import re
from pathlib import Path
from uuid import uuid4

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chains.errors import ConfigurationError
from memory.errors import StoreUnavailableError
from pages._ui import session, start
from tests.support.people import Person

ROOT = Path(__file__).parents[2]
CUT = "I take ribociclib. Because of my low neutrophils the dose was"


@pytest.fixture(autouse=True)
def _same_parts(services, monkeypatch):
    """The page opens the test run's own services, in a process that starts anew."""
    monkeypatch.setattr(start, "build_services", lambda *_: services)
    monkeypatch.setattr(start.gc, "freeze", lambda: None)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def cookies(monkeypatch):
    """What the browser sends; pages of this process read it in place of the real one."""
    sent = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent))
    return sent


@pytest.fixture
def open_page(cookies):
    """Opens the page as a browser with this person's cookie does; a new browser without one."""

    def opened(person_id=None):
        cookies[session.COOKIE] = person_id or f"browser-{uuid4().hex}"
        page = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30)
        page.run()
        assert not page.exception
        return page

    return opened


MOST_DRAWINGS = 60


def write(page, message):
    page.chat_input[0].set_value(message).run()
    # On a busy machine the first answer takes longer than the page waits before it draws.
    for _ in range(MOST_DRAWINGS):
        if not page.chat_message or any(said.value for said in page.chat_message[-1].markdown):
            break
        page.run()
    assert not page.exception
    return page


def click(page, label):
    button = next(b for b in page.button if b.label == label)
    button.click().run()
    assert not page.exception
    return page


def read(page):
    """Everything the page says."""
    shown = [*page.markdown, *page.caption, *page.text, *page.error, *page.info, *page.title]
    return "\n".join(str(element.value) for element in [*shown, *page.subheader, *page.header])


def labels(page):
    return [button.label for button in page.button]


def facts_shown(page):
    """The card's facts, as the side of the page lists them."""
    return [line.label.replace("\\", "") for line in page.sidebar.expander]


def unfold(page, key):
    """Open what is drawn only once it is opened."""
    page.session_state[key] = True
    page.run()
    assert not page.exception
    return page


def unfold_fact(page, services, person):
    """Open the one fact of the card."""
    (fact,) = services.store.card(person.person_id).facts
    return unfold(page, f"{fact.fact_id}-fact")


def unfold_why(page, services, person_id, *, turn=-1):
    """Open "Why this answer" under a turn's answer."""
    (outline,) = services.store.outlines(person_id)
    turns = services.store.turns(person_id, outline.thread.thread_id)
    return unfold(page, f"{turns[turn].turn_id}-why")


def choose(page, option):
    """Pick from the last menu that offers this."""
    menu = [m for m in page.menu_button if option in m.options][-1]
    menu.click(option).run()
    assert not page.exception
    return page


def test_first_visit_is_welcomed_with_what_this_is_and_three_examples(open_page):
    page = open_page()
    assert "Welcome" in read(page)
    assert "not medical advice" in read(page)
    assert sum(label.endswith("?") or "diagnosed" in label for label in labels(page)) == 3
    assert len(page.chat_message) == 0


def test_example_is_asked_by_a_click(open_page):
    page = open_page()
    question = next(label for label in labels(page) if label.endswith("?"))
    click(page, question)
    assert len(page.chat_message) == 2
    assert question in [text.value for text in page.text]


def test_message_is_answered_and_the_welcome_goes(open_page):
    page = write(open_page(), "What is letrozole?")
    assert len(page.chat_message) == 2
    assert "etrozole" in page.chat_message[1].markdown[0].value
    assert "Welcome" not in read(page)


def test_sources_stand_behind_a_click_with_the_very_words(services, open_page):
    page = write(open_page(), "What is letrozole?")
    sources = next(e for e in page.expander if e.label.startswith("Sources"))
    shown = "\n".join(str(element.value) for element in sources.markdown)
    assert "https://" in shown
    assert ":yellow-background[**" in shown
    assert "### Sources" not in "\n".join(m.value for m in page.chat_message[1].markdown)


def test_cut_off_message_offers_its_endings_and_answer_anyway(services, open_page):
    page = write(open_page(), CUT)
    assert {"lowered", services.replies.cut_off["answer_anyway"]} <= set(labels(page))


def test_ending_goes_on_from_there_by_a_click(open_page):
    page = click(write(open_page(), CUT), "lowered")
    assert len(page.chat_message) == 4
    assert any("dose reduced" in label for label in facts_shown(page))
    assert "lowered" not in labels(page)


def test_answer_anyway_by_a_click(services, open_page):
    page = click(write(open_page(), CUT), services.replies.cut_off["answer_anyway"])
    assert len(page.chat_message) == 4


def test_quick_replies_stand_under_the_last_answer_alone(open_page):
    page = write(open_page(), CUT)
    write(page, "What helps against tiredness?")
    assert "lowered" not in labels(page)


def test_related_question_is_asked_by_a_click(open_page):
    page = write(open_page(), "What helps against tiredness during treatment?")
    related = [label for label in labels(page) if label.endswith("?")]
    assert related
    click(page, related[0])
    assert related[0] in [text.value for text in page.text]
    assert len(page.chat_message) == 4


def test_urgent_card_is_shown_as_an_alarm(open_page):
    page = write(open_page(), "fever of 39 since this morning, I am on chemo")
    assert any("24-hour line" in error.value for error in page.error)


def test_card_lists_each_fact_with_its_words(services, open_page, person):
    page = write(open_page(person.person_id), "I am HER2 positive and take letrozole 2.5 mg")
    shown = facts_shown(page)
    assert any("HER2 positive" in label for label in shown)
    assert any("letrozole, 2.5 mg" in label for label in shown)
    assert not page.sidebar.text
    facts = services.store.card(person.person_id).facts
    unfold(page, f"{facts[-1].fact_id}-fact")
    assert "letrozole 2.5 mg" in "\n".join(t.value for t in page.sidebar.text)


def test_fact_is_confirmed_by_a_click(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole")
    unfold_fact(page, services, person)
    click(page, "That is right")
    (fact,) = services.store.card(person.person_id).facts
    assert fact.state == "confirmed"
    assert "That is right" not in labels(page)


def test_fact_is_corrected_in_its_form(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole 5 mg")
    unfold_fact(page, services, person)
    page.sidebar.text_input[0].set_value("2.5 mg")
    click(page, "Correct it")
    (fact,) = services.store.card(person.person_id).facts
    assert (fact.attributes["dose"], fact.state) == ("2.5 mg", "corrected")


def test_forgotten_fact_is_gone_from_card_and_answers(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole")
    unfold_fact(page, services, person)
    click(page, "Forget this")
    assert services.store.card(person.person_id).facts == ()
    assert facts_shown(page) == []
    write(page, "what do you know about me?")
    assert "letrozole" not in page.chat_message[-1].markdown[0].value


def test_starting_over_keeps_the_conversation_and_empties_the_card(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole")
    click(page, "Start over now")
    assert services.store.card(person.person_id).facts == ()
    assert len(services.store.threads(person.person_id)) == 2
    assert len(page.chat_message) == 0


def test_forgetting_everything_leaves_nothing(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole")
    click(page, "Yes, forget everything")
    assert "letrozole" not in read(page)
    assert len(page.chat_message) == 0
    (thread,) = services.store.threads(person.person_id)
    assert services.store.turns(person.person_id, thread.thread_id) == []


def test_conversation_is_still_there_when_the_page_is_opened_again(open_page, person):
    write(open_page(person.person_id), "I take letrozole")
    page = open_page(person.person_id)
    assert len(page.chat_message) == 2
    assert "I take letrozole" in [text.value for text in page.text]


def test_nothing_of_another_person_is_shown(open_page, services):
    Person(services).says("I take capecitabine and my name is Rosalind")
    write(open_page(), "I take capecitabine and live in Exampleville")
    page = write(open_page(), "what do you know about me?")
    assert "capecitabine" not in read(page)
    assert "Exampleville" not in read(page)
    assert facts_shown(page) == []


def test_persons_words_are_shown_as_text_not_as_markup(open_page):
    attack = "<img src=x onerror=alert(1)> **I take** letrozole $x$ [a](javascript:alert(1))"
    page = write(open_page(), attack)
    assert attack in [text.value for text in page.text]
    assert not any("<img" in m.value.replace(r"\<", "") for m in page.markdown)


@pytest.mark.parametrize("empty", ["   ", "\u200b"])
def test_message_without_words_gets_a_kind_line(services, open_page, empty):
    page = write(open_page(), empty)
    assert services.replies.out_of_scope["empty"] in read(page)


def test_too_long_message_is_told_so_and_its_red_flag_is_shown(open_page):
    page = write(open_page(), "I walk a little. " * 1000 + "I have crushing chest pain now")
    assert "911" in read(page)
    assert "can read" in read(page)


def test_store_failure_is_told_and_the_red_flag_is_shown(services, open_page, monkeypatch):
    page = open_page()

    def lost(*_args, **_said):
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(type(services.store), "begin_turn", lost)
    write(page, "I have crushing chest pain now")
    assert "911" in read(page)
    assert services.replies.single["not_kept"] in read(page)


def test_red_flag_is_shown_while_nothing_of_the_store_answers(services, open_page, monkeypatch):
    page = open_page()

    def lost(*_args, **_said):
        raise StoreUnavailableError("the server is down")

    for name in ("ensure_thread", "begin_turn", "turns", "outlines", "cards", "card", "feedback"):
        monkeypatch.setattr(type(services.store), name, lost)
    page.chat_input[0].set_value("I have crushing chest pain now").run()
    assert not page.exception
    assert "911" in read(page)
    assert page.chat_input[0].proto.value == "I have crushing chest pain now"
    assert "cannot reach" in page.error[-1].value


def test_red_flag_is_shown_when_what_was_kept_cannot_be_read_again(
    services, open_page, monkeypatch
):
    page = open_page()

    def lost(*_args, **_said):
        raise StoreUnavailableError("the server is down")

    monkeypatch.setattr(type(services.store), "turns", lost)
    page.chat_input[0].set_value("I have crushing chest pain now").run()
    assert not page.exception
    assert "911" in read(page)


def test_thumb_on_an_answer_that_another_tab_deleted_breaks_nothing(services, open_page, person):
    person.says("What helps with hot flashes?")
    page = open_page(person.person_id)
    (turn,) = services.store.turns(person.person_id, person.thread_id)
    services.store.delete_message(person.person_id, turn.turn_id)
    page.feedback[0].set_value(1).run()
    assert not page.exception
    assert len(page.chat_message) == 0


def test_red_flag_of_a_turn_that_fails_is_shown_all_the_same(services, open_page, monkeypatch):
    page = open_page()

    def lost(*_args, **_said):
        raise StoreUnavailableError("the disk is full")

    monkeypatch.setattr(type(services.store), "save_cards", lost)
    write(page, "fever of 39 since this morning, I am on chemo")
    assert "24-hour line" in read(page)


def test_browser_without_cookies_is_told_and_keeps_its_own(cookies):
    assert cookies == {}
    page = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30).run()
    assert "cookies" in page.info[0].value
    write(page, "I take letrozole")
    assert len(page.chat_message) == 2
    other = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30).run()
    assert not other.exception
    assert len(other.chat_message) == 0


def test_long_history_is_drawn_a_page_at_a_time(open_page, person):
    for number in range(13):
        person.says(f"I am {30 + number} years old")
    page = open_page(person.person_id)
    assert len(page.chat_message) == 20
    click(page, "Show earlier messages")
    assert len(page.chat_message) == 26


def test_broken_setting_is_told_on_the_page(monkeypatch):
    monkeypatch.setattr(start, "load_settings", _stop_start)
    page = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30).run()
    assert [error.value for error in page.error] == ["The setting CARETHREAD_X is not known."]
    assert len(page.chat_input) == 0


def _stop_start():
    raise ConfigurationError("The setting CARETHREAD_X is not known.")


PAGE_FILES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def test_unsafe_html_is_never_enabled():
    source = "\n".join(path.read_text(encoding="utf-8") for path in PAGE_FILES)
    assert not re.search(r"unsafe_allow_html|components\.v1|components\.html", source)


def test_markup_of_our_own_is_a_constant_without_a_gap_to_fill():
    for path in PAGE_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.html":
                assert all(map(_is_constant(texts), call.args)), path
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("v2.component"):
                markup = [said.value for said in call.keywords if said.arg in ("html", "css", "js")]
                assert markup and all(map(_is_constant(texts), markup)), path


def _is_constant(texts):
    """Whether a part of a call is the name of one of these texts, which are fixed."""
    return lambda said: isinstance(said, ast.Name) and isinstance(texts[said.id], ast.Constant)


def test_conversation_is_named_from_its_first_real_question(services, open_page, person):
    page = write(open_page(person.person_id), "I take letrozole")
    assert "I take letrozole" in "\n".join(labels(page))
    write(page, "is joint pain normal?")
    (outline,) = services.store.outlines(person.person_id)
    assert outline.thread.title == "Is joint pain normal?"


def test_other_conversation_is_found_and_opened_by_a_click(services, open_page, person):
    page = write(open_page(person.person_id), "What is letrozole?")
    click(page, "New conversation")
    assert len(page.chat_message) == 0
    write(page, "What helps against tiredness?")
    page.sidebar.text_input[0].set_value("letro").run()
    listed = [b.label for b in page.sidebar.button if b.key.startswith("open-")]
    assert listed == ["What is letrozole?"]
    click(page, "What is letrozole?")
    assert "What is letrozole?" in [text.value for text in page.text]


def test_empty_conversations_do_not_pile_up(services, open_page, person):
    page = open_page(person.person_id)
    for _ in range(3):
        click(page, "New conversation")
    assert len(services.store.threads(person.person_id)) == 1


def test_thumb_is_kept_and_its_reason_too(services, open_page, person):
    page = write(open_page(person.person_id), "What is letrozole?")
    page.get("feedback")[0].set_value(0).run()
    reason = next(t for t in page.text_input if "wrong or missing" in t.label)
    reason.set_value("too long")
    click(page, "Send")
    (outline,) = services.store.outlines(person.person_id)
    (turn,) = services.store.turns(person.person_id, outline.thread.thread_id)
    kept = services.store.feedback(person.person_id, [turn.turn_id])[turn.turn_id]
    assert (kept.thumbs, kept.reason) == ("down", "too long")


def test_refused_message_stands_in_the_box_again(open_page):
    long = "I walk a little. " * 1000
    page = write(open_page(), long)
    box = page.chat_input[0].proto
    assert (box.set_value, box.value) == (True, long)
    assert "can read" in read(page)


def test_what_is_told_goes_to_the_card_of_whom_the_page_is_about(services, open_page, person):
    page = open_page(person.person_id)
    page.selectbox[0].set_value("mother").run()
    write(page, "She takes palbociclib")
    cards = services.store.cards(person.person_id)
    assert [fact.name for fact in cards["mother"].facts] == ["palbociclib"]
    assert "self" not in cards


def test_question_as_it_was_read_can_be_put_right_and_asked_again(services, open_page, person):
    page = open_page(person.person_id)
    page = write(write(page, "I take ribociclib"), "what about grapefruit")
    unfold_why(page, services, person.person_id)
    read = next(t for t in page.text_input if t.label == "I read your question as")
    assert "ribociclib" in read.value
    read.set_value("Can I take melatonin with ribociclib?").run()
    click(page, "Ask it this way")
    assert any("Can I take melatonin" in text.value for text in page.text)


def test_conversation_deleted_in_another_tab_does_not_come_back(services, open_page, person):
    page = write(open_page(person.person_id), "My mother takes letrozole")
    (thread,) = services.store.threads(person.person_id)
    services.store.forget_thread(person.person_id, thread.thread_id)
    page.run()
    assert not page.exception
    assert thread.thread_id not in [t.thread_id for t in services.store.threads(person.person_id)]
    assert len(page.chat_message) == 0


def test_tab_whose_cookie_changed_lets_go_of_what_it_held(services, open_page, cookies, person):
    page = write(open_page(person.person_id), "I take letrozole")
    page.session_state["held"] = "an answer that was not kept"
    cookies[session.COOKIE] = Person(services).person_id
    page.run()
    assert not page.exception
    assert "letrozole" not in read(page)
    assert "held" not in page.session_state
