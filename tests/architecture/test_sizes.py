"""Files and functions stay small enough to be read."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("chains", "memory", "vectorstore", "pages", "evals")
LONGEST_FILE = 350
LONGEST_FUNCTION = 60
VAGUE = {"utils", "helpers", "common", "manager", "misc"}

SOURCES = [
    ROOT / "app.py",
    *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))),
]


def test_no_file_is_too_long():
    lengths = {_name(path): len(_text(path).splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    long = {
        f"{_name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(_text(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_module_has_a_vague_name():
    assert [_name(path) for path in SOURCES if path.stem in VAGUE] == []


def test_every_test_file_of_a_module_has_its_module():
    unit = ROOT / "tests" / "unit"
    lost = [
        path.relative_to(unit).as_posix()
        for path in sorted(unit.rglob("test_*.py"))
        if not _has_module(path.relative_to(unit))
    ]
    assert lost == []


def _has_module(test):
    stem = test.stem.removeprefix("test_")
    folder = ROOT / test.parent
    if stem in ("main", f"{test.parts[0]}_main"):
        return (folder / "__main__.py").exists()
    names = {path.stem for path in folder.rglob("*") if path.suffix == ".py" or path.is_dir()}
    return stem in names | {folder.name} or any(name in stem for name in names)


def _text(path):
    return path.read_text(encoding="utf-8")


def _name(path):
    return path.relative_to(ROOT).as_posix()
