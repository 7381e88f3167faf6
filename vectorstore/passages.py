"""A hit as it stands in a record: with the source a person is shown."""

from pydantic import BaseModel, ConfigDict

from vectorstore.hits import Hit
from vectorstore.ingest import LibraryIndex
from vectorstore.shelf import ShelfPassage


class Passage(BaseModel):
    """One entry of a record's `passages`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    section: str
    text: str
    source: str
    """Publisher and title of the source it cites most; empty for a passage without one."""
    url: str
    score: float


def passage(index: LibraryIndex, hit: Hit) -> Passage:
    """The record's entry of a hit of this index."""
    shelved = index.shelf.passage(hit.chunk_id)
    if shelved is not None:
        return shelf_passage(shelved, hit.score)
    sources = index.sources(hit.chunk_id)
    return Passage(
        id=hit.chunk_id,
        title=hit.title,
        section=hit.section,
        text=hit.text,
        source=f"{sources[0].publisher}: {sources[0].title}" if sources else "",
        url=sources[0].url if sources else "",
        score=hit.score,
    )


def shelf_passage(found: ShelfPassage, score: float = 0.0) -> Passage:
    """The entry of a passage of the shelf, which opens at its page."""
    return Passage(
        id=found.passage_id,
        title=found.document.title,
        section=found.section,
        text=found.text,
        source=f"{found.document.publisher}: {found.document.title}",
        url=found.place,
        score=score,
    )
