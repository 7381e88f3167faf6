"""The index that the test run built, for processes that are not about building one."""

import shutil
from pathlib import Path


def give_index(data_dir: Path, *, to: Path) -> Path:
    """Copy the index of a data folder into another, which a new process then only opens."""
    shutil.copytree(data_dir / "index", to / "index")
    return to
