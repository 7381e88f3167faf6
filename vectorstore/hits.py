"""What retrieval gives back."""

from pydantic import BaseModel, ConfigDict


class Hit(BaseModel):
    """One indexed passage with its score; its lines are those of the article's section."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chunk_id: str
    """`<article id>#<section kind>`, with `.2` and so on where a long section was split."""
    article_id: str
    title: str
    """The article's title."""
    section: str
    """The section's heading."""
    section_kind: str
    text: str
    """The passage, one claim a line, without conditions and source numbers."""
    score: float
    """Fused relevance in 0 .. 1; the best possible hit of both legs is 1."""
    similarity: float
    """Cosine of query and passage by the encoder, -1 .. 1."""
