"""`python -m vectorstore ingest`: the run, its bar on a terminal, its lines and its summary."""

import argparse
import json
import resource
import sys
import time
from types import TracebackType
from typing import Self

from tqdm import tqdm

from vectorstore.embeddings import load_model, make_embeddings
from vectorstore.ingest_options import given
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelving import Shelver


def ingest(options: argparse.Namespace, settings: VectorStoreSettings) -> int:
    """Run it; gives 0, 1 where a file was left out, 2 for options that cannot be, 130 if stopped.

    Standard output carries one JSON object: what was done, and pages, seconds and memory.
    """
    said = given(options)
    if len(options.paths) > 1 or options.paths[0].is_dir():
        single = sorted({"title", "url"} & said.keys())
        if single:
            sys.stderr.write(f"--{single[0]} is for a single file; leave it out\n")
            return 2
    started = time.monotonic()
    embeddings = make_embeddings(settings)
    load_model(embeddings)
    with Bar() as bar:
        shelver = Shelver(settings, embeddings, bar, said, max(0, options.threads))
        try:
            result = shelver.run(options.paths, prune=options.prune)
        except KeyboardInterrupt:
            bar.problem("stopped; what was done is kept: run it again to go on")
            return 130
    seconds = time.monotonic() - started
    sys.stdout.write(
        json.dumps({
            "ingested": result.ingested,
            "unchanged": result.unchanged,
            "older": result.older,
            "failed": len(result.failed),
            "removed": result.removed,
            "shelf_documents": result.documents,
            "passages": result.passages,
            "encoded": result.encoded,
            "seconds": round(seconds, 1),
            "pages_a_second": round(len(result.ingested) / seconds, 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        })
        + "\n"
    )
    return 1 if result.failed else 0


class Bar:
    """Tells on standard error how far a run has come: a bar on a terminal, else problems alone."""

    def __init__(self) -> None:
        """Show the bar where standard error is a terminal."""
        self._encoded = 0
        self._bar = tqdm(total=0, unit="file", disable=not sys.stderr.isatty(), file=sys.stderr)

    def __enter__(self) -> Self:
        """The bar itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bar as it stands."""
        self._bar.close()

    def file(self, done: int, total: int, name: str) -> None:
        """`done` of `total` files are ready."""
        self._bar.total = total
        self._bar.set_description_str(name[:32], refresh=False)
        self._bar.update(done - self._bar.n)

    def passages(self, encoded: int) -> None:
        """So many more passages were encoded."""
        self._encoded += encoded
        self._bar.set_postfix_str(f"{self._encoded} passages encoded")

    def problem(self, text: str) -> None:
        """One plain line about a file."""
        self._bar.clear()
        sys.stderr.write(" ".join(text.split()) + "\n")
        self._bar.refresh()
