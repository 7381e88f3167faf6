"""Pictures of the pages beside the chat, for somebody whose card is filled."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

SETTLED_MS, PATIENCE_MS = 1_500, 60_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of the address bar, and what is clicked before it is taken."""

    name: str
    address: str
    button: str = ""
    """Name of a button that is clicked first; empty for the page as it opens."""


LEARN_PICTURES = (
    Picture("questions", "questions"),
    Picture("sources", "sources"),
    Picture("article", "sources", "Read the article"),
    Picture("trials", "trials"),
    Picture("support", "support"),
)


def take_learn_pictures(page: Page, url: str, size_name: str, folder: Path) -> None:
    """Take every picture at the size the page has, as `<name>-<size>.png`."""
    for picture in LEARN_PICTURES:
        page.goto(f"{url}/{picture.address}")
        page.get_by_role("heading", level=1).wait_for(timeout=PATIENCE_MS)
        if picture.button:
            page.get_by_role("button", name=picture.button).first.click(timeout=PATIENCE_MS)
            page.get_by_role("button", name="Back to all sources").wait_for(timeout=PATIENCE_MS)
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=folder / f"{picture.name}-{size_name}.png")
