"""Parts of a turn, small and real."""

import pytest

from chains.compose.kit import ComposerKit
from chains.compose.library_questions import LibraryQuestions
from chains.compose.library_words import LibraryWords
from chains.compose.phrases import load_phrases
from chains.lexicon import load_lexicon
from chains.tables import load_tables
from vectorstore.asked_space import AskedSpace
from vectorstore.similarity import TextSimilarity


@pytest.fixture(scope="session")
def lexicon():
    return load_lexicon()


@pytest.fixture(scope="session")
def tables():
    return load_tables()


@pytest.fixture
def kit_of(services, lexicon, tables):
    """Makes the composer's parts for a library of a test's own."""

    def make(library):
        words = LibraryWords(library, lexicon)
        similarity = TextSimilarity(services.index.embeddings, {})
        return ComposerKit(
            library,
            words,
            tables,
            lexicon,
            load_phrases(),
            similarity,
            LibraryQuestions(library, words, similarity, AskedSpace()),
            {
                (article.article_id, line.number): f"{article.article_id}#{section.kind}"
                for article in library.articles.values()
                for section in article.sections
                for line in section.lines
            },
        )

    return make
