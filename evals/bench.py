"""`make bench`: seconds to a page, milliseconds of a turn, memory, beside a plain vector search."""

import json
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from langchain_chroma import Chroma
from langchain_core.documents import Document
from playwright.sync_api import sync_playwright

from chains.__main__ import Request, answer_request
from chains.services import Services, build_services
from chains.settings import Settings
from chains.warm_up import warm_up
from evals.bench_page import page_times
from evals.bench_server import ROOT, server
from evals.model.tokens import prompt_growth

EVALS = Path(__file__).parent
WARM_UP_TURNS, TURNS = 20, 200
SEED = 11
MB = 1024 * 1024


def main() -> None:
    """Measure everything, print the tables and write them to `docs/bench.md`."""
    with tempfile.TemporaryDirectory() as folder:
        page = page_starts(Path(folder) / "page")
        clicks, sessions = page_times(Path(folder) / "page")
        turns, shares, memory = turn_times(Path(folder) / "turns")
        growth = token_growth(Path(folder) / "turns")
    tables = {
        "Seconds to a usable page": page,
        "Milliseconds in a real browser": clicks,
        "Memory of an open session": sessions,
        f"Milliseconds a turn, {TURNS} mixed messages after {WARM_UP_TURNS}": turns,
        "Milliseconds of each step, where it ran": shares,
        "Resident memory": memory,
        "Tokens of a model's prompt, goal: turn 200 at most 1.1 times turn 10": growth,
    }
    text = "\n\n".join(f"## {title}\n\n{_markdown(table)}" for title, table in tables.items())
    print(text)
    report = ROOT / "docs" / "bench.md"
    report.write_text(f"# Benchmark\n\nMade by `make bench`.\n\n{text}\n", encoding="utf-8")


def page_starts(data_dir: Path) -> pd.DataFrame:
    """First start (library not yet indexed) and second, until the chat can be typed into."""
    rows = []
    for name, goal in (("first start after install", 15), ("second start", 6)):
        started = time.perf_counter()
        with server(data_dir) as (url, process):
            seconds = _until_usable(url, started)
            rss = psutil.Process(process.pid).memory_info().rss / MB
        rows.append({"start": name, "seconds": round(seconds, 1), "goal": goal, "MB": round(rss)})
    return pd.DataFrame(rows)


def _until_usable(url: str, started: float) -> float:
    """Seconds from `started` until the chat input is there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)
        seconds = time.perf_counter() - started
        browser.close()
    return seconds


def turn_times(data_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Turns by the command line's own path, the steps' shares, and memory."""
    services = replace(build_services(Settings(data_dir=data_dir)), model=None)
    warm_up(services)
    messages = mixed_messages(services, WARM_UP_TURNS + TURNS)
    laps: list[dict[str, float]] = []
    walls = []
    for number, message in enumerate(messages):
        request = Request(thread_id=f"thread {number // 5}", message=message)
        started = time.perf_counter()
        record = answer_request(request, services)
        if number >= WARM_UP_TURNS:
            walls.append(1000 * (time.perf_counter() - started))
            laps.append(record.timings_ms)
    rss = psutil.Process().memory_info().rss / MB
    plain = plain_search(services, messages)
    turns = pd.DataFrame([
        {"what": "whole embedded turn", **_quantiles(walls), "goal": "p50 60, p95 150"},
        {"what": "plain langchain-chroma similarity search", **_quantiles(plain), "goal": ""},
    ])
    steps = pd.DataFrame(laps).drop(columns="total")
    share = (100 * steps.sum() / steps.sum().sum()).round(1)
    shares = pd.DataFrame({
        "step": steps.columns,
        "p50": steps.median().round(2).to_numpy(),
        "p95": steps.quantile(0.95).round(2).to_numpy(),
        "share %": share.to_numpy(),
    })
    memory = pd.DataFrame([{"process": "turns, after all of them", "MB": round(rss), "goal": 500}])
    return turns, shares, memory


def token_growth(data_dir: Path) -> pd.DataFrame:
    """Tokens of the same question's prompt at turns 10, 50 and 200; no model is asked."""
    services = replace(build_services(Settings(_env_file=None, data_dir=data_dir)), model=None)
    articles = services.index.library.articles.values()
    asked = [question for article in articles for question in article.answers]
    return prompt_growth(services, random.Random(SEED).sample(asked, min(len(asked), 200)))


def mixed_messages(services: Services, count: int) -> list[str]:
    """Questions of the library and messages of the evals, by seed."""
    articles = services.index.library.articles.values()
    questions = [asked for article in articles for asked in article.answers]
    told = [
        json.loads(line)["text"]
        for name in ("extraction", "completeness", "triage")
        for line in (EVALS / name / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    chosen = random.Random(SEED)
    return chosen.sample(questions, count // 2) + chosen.sample(told, count - count // 2)


def plain_search(services: Services, messages: Sequence[str]) -> list[float]:
    """Milliseconds of a similarity search over the same chunks with the same encoder."""
    store = Chroma(collection_name="plain", embedding_function=services.index.embeddings)
    chunks = [c for c in services.index.chunks.values() if c.lines]
    store.add_documents([Document(page_content=chunk.indexed_text) for chunk in chunks])
    times = []
    for message in messages:
        started = time.perf_counter()
        store.similarity_search(message, k=8)
        times.append(1000 * (time.perf_counter() - started))
    return times


def _quantiles(values: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def _markdown(table: pd.DataFrame) -> str:
    rows = [table.columns.tolist(), ["---"] * len(table.columns), *table.to_numpy().tolist()]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)


if __name__ == "__main__":
    main()
