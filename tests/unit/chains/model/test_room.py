"""Without a key and an address nothing of this room is there; with one, it says where it sends."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from chains.errors import ConfigurationError, RuleError
from chains.model.client import Tokens
from chains.model.endpoint import DEFAULT_MODEL, endpoint_of
from chains.model.prompts import PROMPTS, load_prompt
from tests.support.model_server import Reply

ROOT = Path(__file__).parents[4]
TURN = """
import sys, tempfile
from pathlib import Path
from chains.settings import Settings
from chains.__main__ import Request, answer_request
from chains.services import build_services
with tempfile.TemporaryDirectory() as folder:
    services = build_services(Settings(_env_file=None, data_dir=Path(sys.argv[1])))
    answer_request(Request(thread_id="alone", message="What is letrozole?"), services)
print([name for name in sys.modules if name.startswith(("chains.model", "langchain_openai"))])
"""


def test_a_turn_without_a_model_imports_nothing_of_it(services):
    folder = str(services.settings.data_dir)
    command = [sys.executable, "-c", TURN, folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("url", "is_loopback"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1/", True),
        ("http://[::1]:8000/v1", True),
        ("http://127.0.0.1.evil.example/v1", False),
        ("http://localhost.evil.example/v1", False),
        ("http://192.168.1.5/v1", False),
        (None, False),
    ],
)
def test_only_this_machine_counts_as_here(settings, url, is_loopback):
    told = settings.model_copy(update={"openai_base_url": url, "openai_api_key": SecretStr("k")})
    assert endpoint_of(told).is_loopback is is_loopback


@pytest.mark.parametrize("url", ["ftp://here/v1", "here", "http://name:secret@here/v1", "http://"])
def test_an_address_that_cannot_be_used_stops_the_start_without_showing_it(settings, url):
    with pytest.raises(ConfigurationError, match="OPENAI_BASE_URL") as error:
        endpoint_of(settings.model_copy(update={"openai_base_url": url}))
    assert "secret" not in str(error.value)


def test_a_model_is_named_at_openai_and_asked_for_elsewhere(settings):
    key = {"openai_api_key": SecretStr("k")}
    assert endpoint_of(settings.model_copy(update=key)).model == DEFAULT_MODEL
    elsewhere = settings.model_copy(update=key | {"openai_base_url": "http://127.0.0.1:1/v1"})
    assert endpoint_of(elsewhere).model is None
    assert "sk-" not in repr(endpoint_of(settings.model_copy(update=key)))


def test_the_first_model_that_a_service_lists_is_asked(modelled, server):
    server.behave = lambda _body: Reply("ok.")
    list(modelled.model.parts.client.stream([], Tokens()))
    assert modelled.model.parts.client.model == server.bodies[-1]["model"] == "scripted"


@pytest.mark.parametrize("name", sorted(path.stem for path in PROMPTS.glob("*.md")))
def test_every_prompt_names_its_inputs(name):
    assert load_prompt(name).prompt_id == name


@pytest.mark.parametrize(
    "text",
    ["no front matter", "---\nid: p\ninputs: [a]\n---\n{b}", "---\nid: q\ninputs: []\n---\ntext"],
)
def test_a_prompt_with_a_missing_or_unused_input_fails_at_load(tmp_path, text):
    (tmp_path / "p.md").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"p\.md"):
        load_prompt("p", tmp_path)
