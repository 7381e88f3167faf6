"""The index that the test run built, for processes that are not about building one."""

import shutil
import time
from pathlib import Path

LONG_S = 90.0


def give_index(data_dir: Path, *, to: Path) -> Path:
    """Copy the index of a data folder, once it is there, for a process that then only opens it."""
    deadline = time.monotonic() + LONG_S
    while not list(data_dir.glob("index/*/complete")):
        assert time.monotonic() < deadline, f"no index in {data_dir}"
        time.sleep(0.1)
    shutil.copytree(data_dir / "index", to / "index")
    return to
