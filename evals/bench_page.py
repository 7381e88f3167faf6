"""What a person waits for in a real browser, and what a session holds of the server's memory."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from evals.bench_server import server

SESSIONS, TURNS = 3, 30
KB = 1024
BOX = "stChatInputTextArea"
QUESTIONS = (
    "I take letrozole and ribociclib for ER positive breast cancer",
    "What are the side effects of letrozole?",
    "What helps against tiredness during treatment?",
    "Can I eat grapefruit?",
    "How do I find a clinical trial?",
    "What does HER2 low mean?",
)

# Both ends are taken inside the browser: from the key that sends to the first frame in which the
# answer stands whole, its notice included.
_WATCH = """
(asked) => { window.answered = new Promise((resolve) => {
  let sent = null;
  const key = (event) => { if (event.key === "Enter" && sent === null) sent = performance.now(); };
  window.addEventListener("keydown", key, true);
  const look = () => {
    const turns = document.querySelectorAll('[data-testid="stChatMessage"]');
    const [own, answer] = [...turns].slice(-2).map((turn) => turn.textContent);
    if (sent === null || !own?.includes(asked) || !/not medical advice/i.test(answer)) {
      requestAnimationFrame(look);
      return;
    }
    window.removeEventListener("keydown", key, true);
    requestAnimationFrame(() => resolve(performance.now() - sent));
  };
  look();
}); }
"""
_CLICK = """
(link) => new Promise((resolve) => {
  const main = '[data-testid="stMainBlockContainer"]';
  const title = () => document.querySelector(main + " h1")?.textContent;
  const before = title();
  const clicked = performance.now();
  link.click();
  const look = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (title() && title() !== before && app.dataset.testScriptState === "notRunning") {
      requestAnimationFrame(() => resolve(performance.now() - clicked));
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
})
"""


def page_times(data_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Milliseconds of sending and of changing the page; kilobytes of a session.

    Returns:
        Rows of `what, p50, p95, goal` in milliseconds, and one row of kilobytes: the growth of the
        server's resident memory over sessions of 30 turns that stay open, for each of them, after
        one that warmed the process up.
    """
    sent: list[float] = []
    with server(data_dir) as (url, process), _browser() as browser:
        _session(browser, url)
        before = psutil.Process(process.pid).memory_info().rss
        pages = []
        for _ in range(SESSIONS):
            page, times = _session(browser, url)
            pages.append(page)
            sent += times
        grown = (psutil.Process(process.pid).memory_info().rss - before) / KB
        changed = _page_changes(pages[-1])
    rows = [{"what": "send to finished answer", **_quantiles(sent), "goal": "p50 700"}]
    if changed:
        rows.append({"what": "click to redraw, page change", **_quantiles(changed), "goal": ""})
    held = [{"what": f"a session of {TURNS} turns", "KB": round(grown / SESSIONS)}]
    return pd.DataFrame(rows), pd.DataFrame(held)


def _session(browser: Browser, url: str) -> tuple[Page, list[float]]:
    """One person's conversation, left open, and the milliseconds each answer took."""
    page = browser.new_context().new_page()
    page.goto(url)
    box = page.get_by_test_id(BOX)
    box.wait_for(timeout=60_000)
    times = []
    for number in range(TURNS):
        question = QUESTIONS[number % len(QUESTIONS)]
        box.fill(question)
        page.evaluate(_WATCH, question)
        box.press("Enter")
        times.append(float(page.evaluate("window.answered")))
        page.wait_for_timeout(200)
    return page, times


def _page_changes(page: Page, rounds: int = 5) -> list[float]:
    """Milliseconds of each click through the navigation; empty while there is one page."""
    links = page.get_by_test_id("stSidebarNavLink")
    return [
        float(links.nth(number).evaluate(_CLICK))
        for _ in range(rounds)
        for number in reversed(range(links.count()))
    ]


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


def _quantiles(values: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(float(p50)), "p95": round(float(p95))}
