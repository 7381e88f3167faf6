"""`make screenshots`: the page at both sizes, with a conversation in it, for the docs."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from evals.bench import ROOT, server
from evals.learn_pictures import take_learn_pictures

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
YOUR_PAGES = {"my_information": "my-information", "visit_sheet": "visit-sheet"}
"""Addresses of the pages about the person, and the names of their pictures."""
MESSAGES = (
    "ER positive, oligometastatic breast cancer. Been taking ribocyclib 400 mg for 14 months, "
    "the dose was lowered because of low neutrophils",
    "What lifestyle changes help?",
)


def main() -> None:
    """Take a picture of each size."""
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder)) as (url, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, size in SIZES.items():
            page = _picture(browser, url, size, ROOT / "docs" / f"chat-{name}.png")
            for address, picture in YOUR_PAGES.items():
                page.goto(f"{url}/{address}")
                page.get_by_role("heading", level=2).first.wait_for(timeout=60_000)
                page.wait_for_timeout(2_000)
                page.screenshot(path=ROOT / "docs" / f"{picture}-{name}.png")
        browser.close()


def _picture(browser: Browser, url: str, size: tuple[int, int], path: Path) -> Page:
    width, height = size
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(url)
    for number, message in enumerate(MESSAGES, start=1):
        box = page.get_by_test_id("stChatInputTextArea")
        box.wait_for(timeout=60_000)
        box.fill(message)
        box.press("Enter")
        page.get_by_test_id("stChatMessage").nth(2 * number - 1).wait_for(timeout=30_000)
    page.wait_for_timeout(1_500)
    page.get_by_text(MESSAGES[-1]).first.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    take_learn_pictures(page, url, path.stem.removeprefix("chat-"), path.parent)
    return page


if __name__ == "__main__":
    main()
