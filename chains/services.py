"""The composition root: everything a turn needs, built once a process and shared by all."""

from dataclasses import dataclass
from typing import Protocol

from chains.compose import EmbeddedComposer
from chains.compose.kit import ComposerKit
from chains.compose.library_questions import LibraryQuestions
from chains.compose.library_words import LibraryWords
from chains.compose.phrases import load_phrases
from chains.composing import ModelPart
from chains.errors import ConfigurationError
from chains.grounding import Grounder
from chains.lexicon import Lexicon, load_lexicon
from chains.replies import Replies, load_replies
from chains.settings import Settings
from chains.tables import Tables, load_tables
from chains.triage import HelpNumbers
from memory.errors import StoreError
from memory.settings import MemorySettings
from memory.sql_store import open_store
from memory.store import ConversationStore
from vectorstore.asked_space import AskedSpace, TurnedEmbeddings, read_space
from vectorstore.errors import VectorStoreError
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import LibraryIndex, open_index
from vectorstore.settings import LIBRARY_DIR, VectorStoreSettings
from vectorstore.shelf_search import ShelfRetriever
from vectorstore.similarity import TextSimilarity
from vectorstore.vectors import SHIPPED_QUESTIONS, SHIPPED_VECTORS, read_vectors
from vectorstore.verdicts import read_verdicts


class Progress(Protocol):
    """Told how far the start has come."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """`done` of `total` parts of `what` are ready."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of a turn; nothing in here is about one person."""

    settings: Settings
    store: ConversationStore
    index: LibraryIndex
    searcher: HybridRetriever
    lexicon: Lexicon
    composer: EmbeddedComposer
    grounder: Grounder
    tables: Tables
    replies: Replies
    numbers: HelpNumbers
    model: ModelPart | None = None
    """Where a language model is set; None without one."""


def build_services(settings: Settings, progress: Progress | None = None) -> Services:
    """Open store, index and rules.

    Raises:
        ConfigurationError: A part cannot be opened as it is set; the text says which and why.
    """
    try:
        store = open_store(
            MemorySettings(data_dir=settings.data_dir, database_url=settings.database_url)
        )
        index = open_index(
            VectorStoreSettings(
                data_dir=settings.data_dir,
                chroma_host=settings.chroma_host,
                embeddings=settings.embeddings,
                encoder_threads=settings.encoder_threads,
                openai_api_key=settings.openai_api_key,
                openai_base_url=settings.openai_base_url,
            ),
            progress,
        )
    except (StoreError, VectorStoreError) as error:
        raise ConfigurationError(str(error)) from error
    return _wired(settings, store, index)


def _wired(settings: Settings, store: ConversationStore, index: LibraryIndex) -> Services:
    lexicon, tables, phrases = load_lexicon(), load_tables(), load_phrases()
    places = {
        (chunk.article_id, line.number): chunk_id
        for chunk_id, chunk in index.chunks.items()
        for line in chunk.lines
    }
    # Vectors of another encoder are of another space.
    is_shipped = settings.embeddings == "minilm"
    shipped = read_vectors(SHIPPED_VECTORS) if is_shipped else {}
    space = read_space() if is_shipped else AskedSpace()
    words = LibraryWords(index.library, lexicon)
    similarity = TextSimilarity(index.embeddings, shipped)
    asked = TextSimilarity(
        TurnedEmbeddings(index.embeddings, space),
        read_vectors(SHIPPED_QUESTIONS) if is_shipped else {},
    )
    questions = LibraryQuestions(index.library, words, asked, space)
    shelf = ShelfRetriever(
        index.shelf,
        index.embeddings,
        known_words=index.vocabulary | lexicon.vocabulary(),
        clinical=words.clinical,
    )
    kit = ComposerKit(
        *(index.library, words, tables, lexicon, phrases, similarity, questions, places),
        shelf=shelf,
    )
    model = _model(settings, store, index, kit)
    return Services(
        settings=settings,
        store=store,
        index=index,
        searcher=HybridRetriever(index=index, extra_words=lexicon.vocabulary()),
        lexicon=lexicon,
        composer=EmbeddedComposer(kit),
        grounder=Grounder(index, tables, read_verdicts(LIBRARY_DIR), model),
        tables=tables,
        replies=load_replies(),
        numbers=HelpNumbers(
            emergency=settings.emergency_number,
            crisis=settings.crisis_line,
            poison=settings.poison_line,
        ),
        model=model,
    )


def _model(
    settings: Settings, store: ConversationStore, index: LibraryIndex, kit: ComposerKit
) -> ModelPart | None:
    if not settings.has_model:
        return None
    # Nothing of that room is imported where no model is set.
    from chains.model.room import build_room  # noqa: PLC0415

    return build_room(settings, store, index, kit)
