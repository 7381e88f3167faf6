"""One fetch as an operator asked for it: source, run, shelf, exit status."""

import argparse
import json
import sys
from dataclasses import asdict

from vectorstore.fetch.dailymed import DailyMed
from vectorstore.fetch.http import PoliteClient
from vectorstore.fetch.medlineplus import TERMS, MedlinePlus
from vectorstore.fetch.nci import NCI
from vectorstore.fetch.openfda import OpenFDA
from vectorstore.fetch.pubmed import PubMed
from vectorstore.fetch.runs import Outcome, Source, Teller, run_source
from vectorstore.fetch.shelved import SourceFolder
from vectorstore.settings import VectorStoreSettings, ncbi_identity, settings_from_environment

NOTHING_DONE = 2
_SAME_RUN = ("group", "query", "limit", "abstracts_only", "drugs", "terms", "base_url")
"""Options that make two runs the same run; pace and index do not."""


def run_command(options: argparse.Namespace) -> int:
    """Fetch, put what came on the shelf, and write the counts as JSON.

    Returns:
        Exit status: 0 all well, 1 part of it failed, 2 nothing could be done.
    """
    settings = settings_from_environment()
    api_terms = getattr(options, "go_by_api_terms", False)
    client = PoliteClient(pause_s=options.pause, go_by_api_terms=api_terms)
    asked_for = [f"{n}={getattr(options, n)!r}" for n in _SAME_RUN if hasattr(options, n)]
    try:
        outcome = fetch_source(_source(options), client, settings, asked_for)
    finally:
        client.close()
    if outcome.status != NOTHING_DONE and not options.no_index:
        outcome.not_shelved = put_on_shelf(outcome.source, settings)
    if outcome.status != NOTHING_DONE:
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    return outcome.status


def fetch_source(
    source: Source, client: PoliteClient, settings: VectorStoreSettings, asked_for: list[str]
) -> Outcome:
    """Fetch one source into its folder; what went wrong is told on standard error.

    Args:
        source: where from, and what.
        client: asks politely; the caller closes it.
        settings: `data_dir` gets `fetched/<source>/`.
        asked_for: the same again goes on where a run that was broken off stopped.
    """
    folder = SourceFolder(settings.data_dir, source.name)
    outcome = run_source(source, client, folder, asked_for)
    if outcome.unreachable and outcome.status == NOTHING_DONE:
        Teller().line(f"{outcome.unreachable} cannot be reached; nothing was changed")
    elif outcome.unreachable:
        Teller().line(
            f"{outcome.unreachable} cannot be reached any more; what was fetched is kept, "
            "and the same command goes on from there"
        )
    return outcome


def put_on_shelf(source: str, settings: VectorStoreSettings) -> int:
    """Bring the shelf up to what lies in a source's folder: one run, one index, at the end.

    What changed replaces its older text, what was withdrawn goes. Also what a run that was killed
    has fetched is put there.

    Returns:
        How many documents the shelf did not take; each was told on standard error.
    """
    # Chroma and the encoder take seconds to import.
    from vectorstore.embeddings import load_model, make_embeddings  # noqa: PLC0415 - see above
    from vectorstore.ingest_command import Bar  # noqa: PLC0415 - see above
    from vectorstore.shelving import Shelver  # noqa: PLC0415 - see above

    embeddings = make_embeddings(settings)
    load_model(embeddings)
    with Bar() as bar:
        folder = SourceFolder(settings.data_dir, source).folder
        return len(Shelver(settings, embeddings, bar).run([folder], prune=True).failed)


def _source(options: argparse.Namespace) -> Source:
    base = {"base_url": options.base_url} if options.base_url else {}
    if options.source == "nci":
        return NCI(options.group, **base)
    if options.source == "openfda":
        return OpenFDA(options.drugs, **base)
    if options.source == "dailymed":
        return DailyMed(options.drugs, **base)
    if options.source == "medlineplus":
        return MedlinePlus(options.terms or TERMS, **base)
    who = ncbi_identity()
    return PubMed(
        query=options.query,
        limit=options.limit,
        with_full_text=not options.abstracts_only,
        email=who.email,
        api_key=who.api_key.get_secret_value(),
        **base,
    )
