"""`make screenshots`: every page in its states, at both sizes, for the docs."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from evals.bench_server import ROOT, server

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
STORY = (
    "ER positive, oligometastatic breast cancer. Been taking ribocyclib 400 mg for 14 months, "
    "the dose was lowered because of low neutrophils",
    "What lifestyle changes help?",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One state of one page; becomes `docs/<name>-<size>.png` for each size."""

    name: str
    path: str = ""
    """The page's address below the root; empty for the chat."""
    told: tuple[str, ...] = ()
    """What is written in the chat first."""
    act: Callable[[Page], None] | None = None
    """What is clicked before the picture is taken."""
    scheme: Literal["light", "dark"] = "light"
    sizes: tuple[str, ...] = tuple(SIZES)


def _open_sources(page: Page) -> None:
    sources = page.get_by_test_id("stChatMessage").last.get_by_text("Sources (")
    sources.click()
    page.wait_for_timeout(500)
    sources.scroll_into_view_if_needed()


def _read_an_article(page: Page) -> None:
    page.get_by_role("button", name="Read the article").first.click()
    page.get_by_role("button", name="Back to all sources").wait_for(timeout=60_000)
    page.wait_for_timeout(1_500)


def _play(page: Page) -> None:
    page.get_by_role("button", name="Show Rosa").click()
    for number in range(1, 5):
        page.get_by_role("button", name="Send it").click()
        page.get_by_test_id("stChatMessage").nth(2 * number - 1).wait_for(timeout=60_000)
        page.wait_for_timeout(2_000)


# One line a page and state; a page joins with its own.
SHOTS = (
    Shot("chat-first"),
    Shot("chat", told=STORY),
    Shot("chat-sources", told=STORY, act=_open_sources),
    Shot("chat-dark", told=STORY, scheme="dark"),
    Shot("my-information", "my_information", told=STORY),
    Shot("visit-sheet", "visit_sheet", told=STORY),
    Shot("questions", "questions"),
    Shot("sources", "sources"),
    Shot("article", "sources", act=_read_an_article),
    Shot("trials", "trials", told=STORY),
    Shot("support", "support", told=STORY),
    Shot("demonstration", "demonstration", act=_play),
    Shot("lab", "lab"),
)


def main() -> None:
    """Take every picture, each by a browser nobody has used."""
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder)) as (url, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for shot in SHOTS:
            for size in shot.sizes:
                _take(browser, url, shot, size)
        browser.close()


def _take(browser: Browser, url: str, shot: Shot, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        is_mobile=size == "phone",
        has_touch=size == "phone",
    )
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)
    for number, message in enumerate(shot.told, start=1):
        _write(page, message, number)
    if shot.path:
        page.goto(f"{url}/{shot.path}")
        page.get_by_test_id("stMainBlockContainer").wait_for(timeout=60_000)
    page.wait_for_timeout(1_500)
    # A part whose code is still on its way shows as a grey box.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    if shot.act is not None:
        shot.act(page)
        page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / f"{shot.name}-{size}.png")
    context.close()


def _write(page: Page, message: str, number: int) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(message)
    page.get_by_test_id("stChatInputSubmitButton").click()
    answer = page.get_by_test_id("stChatMessage").nth(2 * number - 1)
    answer.get_by_text("advice").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)


if __name__ == "__main__":
    main()
