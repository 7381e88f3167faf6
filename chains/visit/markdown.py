"""The visit sheet as Markdown: what the page shows and what the file holds."""

from chains.compose.writing import plain
from chains.visit.sheet import VisitSheet, made_words

QUESTIONS = "My questions"
NOTES = "My notes"


def sheet_markdown(sheet: VisitSheet, *, level: int = 1) -> str:
    """The whole sheet; the person's words are escaped, so that they show as they were written.

    Args:
        sheet: what stands on it.
        level: of its title among headings, 1 to 5; its parts stand one below.
    """
    part_mark = "#" * (level + 1)
    blocks = [f"{'#' * level} {plain(sheet.title)}", f"*{made_words(sheet)}*"]
    for part in sheet.parts:
        lines = "\n".join(_line(label, words) for label, words in part.lines)
        blocks.append(f"{part_mark} {part.title}\n\n{lines}")
    if sheet.questions:
        lines = "\n".join(f"{n}. {plain(one)}" for n, one in enumerate(sheet.questions, start=1))
        blocks.append(f"{part_mark} {QUESTIONS}\n\n{lines}")
    if sheet.notes:
        # Two blanks at the end of a line keep the lines as they were written.
        notes = "  \n".join(plain(line) for line in sheet.notes.splitlines())
        blocks.append(f"{part_mark} {NOTES}\n\n{notes}")
    blocks += ["---", sheet.origin, sheet.notice]
    return "\n\n".join(blocks) + "\n"


def _line(label: str, words: str) -> str:
    return f"- **{plain(label)}:** {plain(words)}" if label else f"- {plain(words)}"
