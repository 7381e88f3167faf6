"""A real server and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect, sync_playwright

ROOT = Path(__file__).parents[2]
START_S = 90.0
PATIENCE_MS = 30_000
"""On a busy machine an answer takes longer than Playwright's five seconds."""

expect.set_options(timeout=PATIENCE_MS)


class Server:
    """`streamlit run app.py` on a free port, with a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = None

    def start(self):
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.headless", "true"]
        environment = {**os.environ, "CARETHREAD_DATA_DIR": str(self.folder / "data")}
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        deadline = time.monotonic() + START_S
        while not self._is_healthy():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=20)

    def log(self):
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def _is_healthy(self):
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for the tests of all pages; a test that stops it starts it again."""
    made = Server(tmp_path_factory.mktemp("browser"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium, else the one `playwright install chromium` brings."""
    found = shutil.which("chromium")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error:
            pytest.skip(
                "No browser to test with: install Debian's chromium, or run"
                " `playwright install chromium`."
            )
        yield browser
        browser.close()


@pytest.fixture
def new_browser(chromium, server):
    """A browser nobody has used: no cookie, no history."""
    opened = []

    def make(**said):
        context = chromium.new_context(**said)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
