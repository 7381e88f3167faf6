"""The sources of one answer: who says it, where, and the very words."""

import streamlit as st

from chains.compose.evidence import EVIDENCE_WORDS
from chains.record import AnswerRecord, TurnRecord, is_of_shelf
from chains.stages import AnswerSource
from pages._ui.wording import escaped, marked
from vectorstore.passages import Passage


def draw_sources(record: TurnRecord) -> None:
    """Every source with its page, and the passages cited with the cited sentences marked."""
    passages = {passage.id: passage for passage in record.passages}
    for source in record.answer.sources:
        kind = EVIDENCE_WORDS.get(source.evidence, source.evidence)
        st.markdown(
            f"**{source.n}. {_named(source)}**  \n"
            f":small[{escaped(source.publisher)}, {source.year} · {kind}]"
        )
        cited = _cited(record.answer, source)
        found = [passages[i] for i in source.passage_ids if i in passages]
        told = [passage for passage in found if any(text in passage.text for text in cited)]
        for passage in told:
            _draw_passage(passage, cited)
        alone = [text for text in cited if not any(text in passage.text for passage in told)]
        if alone:
            _draw_lines(alone, cited)


def _named(source: AnswerSource) -> str:
    """The title as a link; that of a file of this machine with the file's name and page."""
    title = escaped(source.title)
    return (
        f"[{title}]({source.url})" if source.url.startswith("http") else f"{title} ({source.url})"
    )


def _cited(answer: AnswerRecord, source: AnswerSource) -> list[str]:
    return [sentence.text for sentence in answer.sentences if source.n in sentence.citations]


def _draw_passage(passage: Passage, cited: list[str]) -> None:
    name = escaped(f"{passage.title}: {passage.section}")
    whose = "From" if is_of_shelf(passage) else "From our page"
    _draw_lines(passage.text.splitlines(), cited, heading=f":small[{whose} “{name}”]\n\n")


def _draw_lines(lines: list[str], cited: list[str], *, heading: str = "") -> None:
    listed = "\n".join(f"- {marked(line, cited)}" for line in lines if line.strip())
    with st.container(border=True):
        st.markdown(heading + listed)
