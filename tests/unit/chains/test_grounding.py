"""No claim goes out that its cited passage does not say."""

import pytest

from chains.compose.draft import Block, Draft, Origin
from chains.grounding import Grounder
from tests.support.builders import claim, origin
from vectorstore.verdicts import Verdict, line_hash


@pytest.fixture(scope="module")
def said(services):
    """A claim of the library, with where it stands and what it cites."""
    for chunk_id, chunk in services.index.chunks.items():
        article = services.index.article(chunk.article_id)
        for line in chunk.lines:
            if line.citations:
                return line, article, chunk_id
    raise AssertionError("the library holds no claim")


def _claim(said, **changed):
    line, article, chunk_id = said
    sources = [article.sources[n] for n in line.citations]
    origins = tuple(Origin(s.publisher, s.title, s.year, s.kind, s.url) for s in sources)
    parts = {"text": line.text, "chunk_id": chunk_id, "origins": origins, **changed}
    return claim(parts["text"], *parts["origins"], chunk_id=parts["chunk_id"])


def _grounded(services, *claims, verdicts=None):
    grounder = Grounder(services.index, services.tables, verdicts or {})
    return grounder.ground(Draft(short=claims))


def test_claim_that_its_passage_says_is_kept(services, said):
    kept, report = _grounded(services, _claim(said))
    assert kept.short == (_claim(said),)
    assert (report.supported, report.dropped) == (1, ())


def test_changed_figure_is_dropped(services, said):
    changed = _claim(said, text=said[0].text + " It helps 95 of 100 people.")
    kept, report = _grounded(services, changed)
    assert kept.claims() == ()
    assert report.dropped == (changed.text,)


def test_claim_of_another_passage_is_dropped(services, said):
    other = next(i for i in services.index.chunks if i != said[2])
    assert _grounded(services, _claim(said, chunk_id=other))[0].claims() == ()


def test_claim_with_a_source_it_was_not_written_from_is_dropped(services, said):
    elsewhere = origin(url="https://www.cancer.gov/somewhere-else")
    assert _grounded(services, _claim(said, origins=(elsewhere,)))[0].claims() == ()


def test_claim_without_a_source_is_dropped(services, said):
    line, _, chunk_id = said
    bare = claim(line.text, chunk_id=chunk_id)
    bare = type(bare)(line.text, chunk_id, ())
    assert _grounded(services, bare)[0].claims() == ()


def test_claim_that_the_review_refuted_is_dropped(services, said):
    line, article, _ = said
    key = line_hash(article, line)
    refuted = {key: Verdict(key, article.article_id, "unsupported", None, "")}
    assert _grounded(services, _claim(said), verdicts=refuted)[0].claims() == ()


def test_interaction_row_is_kept_with_its_own_source_alone(services):
    row = services.tables.interactions[0]
    right = Origin(row.publisher, row.title, row.year, row.kind, row.url)
    kept, _ = _grounded(services, claim(row.effect, right, chunk_id=row.row_id))
    assert len(kept.claims()) == 1
    kept, _ = _grounded(services, claim(row.effect, origin(), chunk_id=row.row_id))
    assert kept.claims() == ()


def test_heading_goes_with_its_last_claim(services, said):
    lost = claim("Nobody wrote this.", chunk_id=said[2])
    draft = Draft(blocks=(Block("Lost", (lost,)), Block("Kept", (_claim(said), lost))))
    grounder = Grounder(services.index, services.tables, {})
    kept, _ = grounder.ground(draft)
    assert [(b.heading, len(b.claims)) for b in kept.blocks] == [("Kept", 1)]


def test_comparison_keeps_its_row_with_a_gap(services, said):
    lost = claim("Nobody wrote this.", chunk_id=said[2])
    draft = Draft(table=(("Work", (_claim(said), lost)), ("Lost", (lost, lost))), sides=("a", "b"))
    kept, _ = Grounder(services.index, services.tables, {}).ground(draft)
    assert kept.table == (("Work", (_claim(said), None)),)
