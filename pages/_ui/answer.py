"""One answer: its text, its sources with the exact passage, quick replies, thumbs."""

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.record import AnswerRecord, TurnRecord, is_of_shelf
from chains.services import Services
from chains.stages import AnswerSource
from memory.records import Thread, Turn
from pages._ui import session


def draw_answer(
    record: TurnRecord, turn: Turn, thread: Thread, services: Services, *, is_last: bool
) -> None:
    """Draw a finished turn from its record."""
    body, tail = parted(record, services, is_last=is_last)
    if record.kind == "emergency":
        st.error(shown(body))
    else:
        st.markdown(shown(body))
    if record.answer.sources:
        _draw_sources(record)
    if record.kind in ("answer", "no_source"):
        _draw_why(record, turn)
    if is_last:
        _draw_quick_replies(record, turn, services)
    if tail:
        st.caption(shown(tail))
    if record.kind in ("answer", "no_source"):
        _draw_thumbs(turn, thread, services)


def parted(record: TurnRecord, services: Services, *, is_last: bool) -> tuple[str, str]:
    """The text without what widgets show, and the notice.

    Sources are shown behind a click, the questions that the last turn offers as buttons.
    """
    headings = services.replies.phrases.headings
    notice = services.replies.notice
    text = record.answer.markdown
    tail = notice if text.endswith(notice) else ""
    text = text.removesuffix(notice)
    for name in ("sources", "related"):
        text = text.partition(f"\n\n### {headings[name]}\n")[0]
    offered = {f"- {r.question}" for r in record.answer.related_questions} if is_last else ()
    lines = [line for line in text.splitlines() if line not in offered]
    return "\n".join(lines).strip(), tail


def shown(markdown: str) -> str:
    """Markdown as Streamlit shows it: a dollar sign is a dollar, not a formula."""
    return markdown.replace("\\$", "$").replace("$", "\\$")


def _draw_sources(record: TurnRecord) -> None:
    passages = {passage.id: passage for passage in record.passages}
    sources = record.answer.sources
    with st.expander(f"Sources ({len(sources)})", icon=":material/menu_book:"):
        for source in sources:
            st.markdown(f"**{source.n}. {_named(source)}**  \n{source.publisher}, {source.year}")
            for text in _cited(record.answer, source.n):
                st.caption(f"“{shown(text)}”")
            found = [passages[i] for i in source.passage_ids if i in passages]
            ours = [p for p in found if not is_of_shelf(p)]
            names = ", ".join(dict.fromkeys(f"{p.title}: {p.section}" for p in ours))
            if names:
                st.caption(f"From our page {names}")


def _named(source: AnswerSource) -> str:
    """The title as a link; that of a file of this machine with the file's name and page."""
    if source.url.startswith("http"):
        return f"[{source.title}]({source.url})"
    return f"{source.title} ({source.url})"


def _cited(answer: AnswerRecord, n: int) -> list[str]:
    return [sentence.text for sentence in answer.sentences if n in sentence.citations]


def _draw_why(record: TurnRecord, turn: Turn) -> None:
    """How the question was read, to be put right, and which facts of the card were used."""
    with st.expander("Why this answer", icon=":material/help:"):
        asked = st.text_input(
            "I read your question as",
            value=record.standalone_question,
            key=f"{turn.turn_id}-asked",
            max_chars=600,
        )
        st.button(
            "Ask it this way",
            key=f"{turn.turn_id}-ask-again",
            disabled=not asked.strip(),
            on_click=session.ask,
            args=(asked,),
        )
        used = [
            fact_line(fact)
            for facts in record.card.values()
            for fact in facts
            if fact.fact_id in record.answer.used_facts
        ]
        told = "; ".join(used)
        st.text(f"Used from the card: {told}" if used else "Nothing from the card was used.")


def _draw_quick_replies(record: TurnRecord, turn: Turn, services: Services) -> None:
    if record.kind == "clarification":
        anyway = services.replies.cut_off["answer_anyway"]
        replies = {guess: guess for guess in (*record.completeness.guesses, anyway)}
    else:
        replies = {r.question: r.preview for r in record.answer.related_questions}
    if replies and record.kind == "answer":
        st.markdown(f"**{services.replies.phrases.headings['related']}**")
    with st.container(horizontal=True):
        for number, (question, preview) in enumerate(replies.items()):
            st.button(
                question,
                key=f"{turn.turn_id}-reply-{number}",
                help=preview if preview != question else None,
                wrap=True,
                on_click=session.ask,
                args=(question,),
            )


def _draw_thumbs(turn: Turn, thread: Thread, services: Services) -> None:
    key = f"{turn.turn_id}-thumbs"
    given = st.feedback("thumbs", key=key)
    if given is not None:
        services.store.save_feedback(
            thread.person_id, turn.turn_id, thumbs="up" if given else "down"
        )
