"""Imports run one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = ("chains", "memory", "vectorstore", "pages")
LIGHT = ("chains.record", "chains.settings", "memory.records", "vectorstore.hits")


def modules(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_layers_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_environment_is_read_in_settings_alone():
    allowed = {ROOT / room / "settings.py" for room in OWN}
    readers = [
        path
        for path in [*modules(*OWN), ROOT / "app.py"]
        if path not in allowed and _reads_environment(path)
    ]
    assert readers == []


def _reads_environment(path):
    names = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    }
    return bool(names & {"environ", "getenv", "putenv"})


def test_chromadb_is_known_to_one_module():
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in modules(*OWN)
        if _imports(path) & {"chromadb", "langchain_chroma"}
    }
    assert importers == {"vectorstore/chroma_index.py"}


def _imports(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_session_keys_are_named_in_the_session_files():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in modules("pages")
        if "session_state" in path.read_text(encoding="utf-8")
    }
    assert users == {"pages/_ui/session.py", "pages/_ui/learn_session.py"}


@pytest.mark.parametrize("module", LIGHT)
def test_importing_a_module_does_nothing(module, tmp_path):
    """No file is written, nothing is said, and no network library is woken."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}"],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
