"""Visit sheet: one page for the oncologist, with questions to change and notes to add."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from chains.services import Services
from chains.visit.edits import MOST_NOTE_CHARS, SheetEdits
from chains.visit.markdown import sheet_markdown
from chains.visit.questions import MOST_CHARS, SheetQuestion
from chains.visit.sheet import OpenSheet, change_sheet, open_sheet
from pages._ui import session
from pages._ui.facts import choose_subject
from pages._ui.learning import note
from pages._ui.start import started
from pages._ui.wording import escaped

# Room for two columns, and on paper the sheet alone. There is no widget for these nor for printing,
# and a wide layout would stay on when another page is opened; both texts are fixed.
_PAPER = """
<style>
@media screen { [data-testid="stMainBlockContainer"] { max-width: 1200px; } }
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  .st-key-visit-head, .st-key-visit-prepare, .st-key-visit-buttons { display: none !important; }
  [data-testid="stColumn"]:has(.st-key-visit-prepare) { display: none !important; }
  [data-testid="stColumn"] { width: 100% !important; flex: 1 1 100% !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
  [data-testid="stApp"], [data-testid="stMain"], [data-testid="stAppViewContainer"] {
    position: static !important; height: auto !important; overflow: visible !important; }
  .st-key-visit-paper { border: none !important; padding: 0 !important; }
  .st-key-visit-paper :is(p, li) { font-size: 9.5pt !important; line-height: 1.25 !important; }
  .st-key-visit-paper :is(ul, ol, p, hr) { margin: 0 0 2pt 0 !important; }
  .st-key-visit-paper h2 { font-size: 16pt !important; padding: 0 0 4pt 0 !important; }
  .st-key-visit-paper h3 { font-size: 11.5pt !important; padding: 5pt 0 2pt 0 !important; }
  @page { margin: 12mm; }
}
</style>
"""
_PRINT = """
<script>
setTimeout(() => window.print(), 300);
</script>
"""
# Without a word about the person. (A bare text in a page is drawn by Streamlit.)
FILE_NAME = "visit-sheet"
Change = Callable[[SheetEdits], SheetEdits]


def draw() -> None:
    """Draw the page."""
    services, person_id = started().services, session.person_id()
    st.html(_PAPER)
    with st.container(key="visit-head"):
        st.title("Visit sheet", anchor=False)
        note(
            "One page for your next visit: what I know, what you want to ask, and your notes. "
            "Change it as you like, then print it or take the file along."
        )
        subject = choose_subject(services, person_id)
    opened = open_sheet(services, person_id, subject, today=datetime.now(UTC).date())
    prepare, paper = st.columns(2, gap="large")
    with prepare, st.container(key="visit-prepare"):
        _Desk(services, person_id, subject).draw(opened)
    with paper:
        _draw_paper(opened, services, person_id, subject)


class _Desk:
    """Where the sheet is prepared: questions and notes, each change kept at once."""

    def __init__(self, services: Services, person_id: str, subject: str) -> None:
        self._services, self._person_id, self._subject = services, person_id, subject

    def draw(self, opened: OpenSheet) -> None:
        """Draw what can be changed."""
        st.header("Questions", anchor=False)
        self._draw_new_question()
        questions = opened.edits.questions or ()
        if not questions:
            st.info(
                "No questions yet. Write one above, or ask me something in the chat: what is worth "
                "asking your oncologist then stands here.",
                icon=":material/help:",
            )
        for number, question in enumerate(questions, start=1):
            self._draw_question(question, number, is_last=number == len(questions))
        if opened.more:
            with st.expander(f"More from our conversations ({len(opened.more)})"):
                for question in opened.more:
                    self._draw_suggestion(question)
        st.header("Notes", anchor=False)
        self._draw_notes(opened.edits)

    def _draw_new_question(self) -> None:
        with st.form("new-question", clear_on_submit=True, border=False):
            text = st.text_input(
                "Add a question of your own",
                max_chars=MOST_CHARS,
                placeholder="What do you want to know?",
            )
            if st.form_submit_button("Add it", icon=":material/add:") and text.strip():
                self._change(lambda edits: edits.with_own(text))
                st.rerun()

    def _draw_question(self, question: SheetQuestion, number: int, *, is_last: bool) -> None:
        name = question.question_id
        with st.container(border=True, gap="small"):
            st.markdown(f"{number}\\. {escaped(question.text)}")
            with st.container(horizontal=True, gap="small"):
                self._button("Up", name, lambda e: e.moved(name, -1), disabled=number == 1)
                self._button("Down", name, lambda e: e.moved(name, 1), disabled=is_last)
                with st.popover("Change", type="tertiary"), st.form(f"{name}-form", border=False):
                    text = st.text_area(
                        "The question",
                        value=question.text,
                        max_chars=MOST_CHARS,
                        key=f"{name}-text",
                    )
                    if st.form_submit_button("Keep this wording", icon=":material/check:"):
                        self._change(lambda edits: edits.reworded(name, text))
                        st.rerun()
                self._button("Remove", name, lambda e: e.without(name))

    def _button(self, label: str, name: str, change: Change, *, disabled: bool = False) -> None:
        st.button(
            label,
            key=f"{name}-{label}",
            type="tertiary",
            help=HELP[label],
            disabled=disabled,
            on_click=self._change,
            args=(change,),
        )

    def _draw_suggestion(self, question: SheetQuestion) -> None:
        st.button(
            escaped(question.text),
            key=f"{question.question_id}-add",
            icon=":material/add:",
            width="stretch",
            wrap=True,
            on_click=self._change,
            args=(lambda edits: edits.with_question(question),),
        )

    def _draw_notes(self, edits: SheetEdits) -> None:
        with st.form("notes", border=False):
            notes = st.text_area(
                "My notes",
                value=edits.notes,
                max_chars=MOST_NOTE_CHARS,
                height=140,
                placeholder="How you have been, what worries you, what matters to you",
            )
            if st.form_submit_button("Keep my notes", icon=":material/check:"):
                self._change(lambda now: now.with_notes(notes))
                st.rerun()

    def _change(self, change: Change) -> None:
        change_sheet(self._services, self._person_id, self._subject, change)


HELP = {
    "Up": "Move this question up",
    "Down": "Move this question down",
    "Remove": "Take this question off the sheet",
}


def _draw_paper(opened: OpenSheet, services: Services, person_id: str, subject: str) -> None:
    """The sheet as it goes out, with the ways to take it along."""
    if opened.sheet.is_empty:
        with st.container(border=True):
            st.markdown("**Your sheet is empty so far.**")
            st.markdown(
                "Tell me about the diagnosis and medicines in the chat, or write a question or a "
                "note here. They come together on one page."
            )
            st.page_link("chat.py", label="Go to the chat", icon=":material/forum:")
        return

    def now() -> OpenSheet:
        # As it is when the file is asked for, not as it was when the page was drawn.
        return open_sheet(services, person_id, subject, today=datetime.now(UTC).date())

    buttons = st.container(key="visit-buttons")
    buttons.header("The page", anchor=False)
    with buttons.container(horizontal=True):
        st.download_button(
            "PDF",
            data=lambda: _pdf(now()),
            file_name=f"{FILE_NAME}.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            type="primary",
        )
        is_printed = st.button("Print", icon=":material/print:")
        st.download_button(
            "Text (Markdown)",
            data=lambda: sheet_markdown(now().sheet).encode(errors="replace"),
            file_name=f"{FILE_NAME}.md",
            mime="text/markdown",
            icon=":material/description:",
            on_click="ignore",
        )
    with st.container(border=True, key="visit-paper"):
        st.markdown(sheet_markdown(opened.sheet, level=2).replace(":", "\\:"))
    if is_printed:
        # A container of its own each time: a script that is drawn again as it was does not run.
        with st.container(key=f"print-{time.monotonic_ns()}"):
            st.html(_PRINT, unsafe_allow_javascript=True)


def _pdf(opened: OpenSheet) -> bytes:
    from chains.visit.pdf import sheet_pdf  # noqa: PLC0415 - reportlab, with the first PDF

    return sheet_pdf(opened.sheet)


draw()
