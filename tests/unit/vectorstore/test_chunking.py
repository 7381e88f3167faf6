from vectorstore.articles import load_library, read_article
from vectorstore.chunking import ANSWERS, CHUNK_TOKENS, chunk_article, chunk_library
from vectorstore.tokens import count_tokens


def test_each_section_but_questions_to_ask_and_each_answer_is_a_chunk(write_article):
    article = read_article(write_article())
    chunks = list(chunk_article(article))
    assert [chunk.chunk_id for chunk in chunks if chunk.lines] == [
        f"letrozole#{section.kind}" for section in article.sections if section.kind != "questions"
    ]
    assert [chunk.text for chunk in chunks if not chunk.lines] == list(article.answers)


def test_a_chunk_is_indexed_with_title_and_heading_and_shown_without(write_article):
    chunks = {c.chunk_id: c for c in chunk_article(read_article(write_article()))}
    chunk = chunks["letrozole#side_effects"]
    assert chunk.text == (
        "Letrozole can make joints stiff and sore.\nSide effects differ during chemotherapy."
    )
    assert chunk.indexed_text == f"Letrozole (Femara). Side effects. {chunk.text}"
    document = chunk.as_document()
    assert (document.id, document.page_content) == (chunk.chunk_id, chunk.indexed_text)
    assert document.metadata["last_line"] - document.metadata["first_line"] == 1


def test_a_question_is_indexed_alone(write_article):
    question = next(c for c in chunk_article(read_article(write_article())) if not c.lines)
    assert question.section_kind == ANSWERS
    assert question.indexed_text == "What is letrozole?"


def test_a_long_section_is_split_between_lines_and_loses_none(write_article):
    path = write_article()
    long = "\n".join(
        f"Letrozole claim {n} has a few words more than it needs. [1]" for n in range(40)
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace("## Bones", f"{long}\n## Bones"), encoding="utf-8"
    )
    article = read_article(path)
    parts = [c for c in chunk_article(article) if c.section_kind == "side_effects" and c.lines]
    assert [c.chunk_id for c in parts][:2] == ["letrozole#side_effects", "letrozole#side_effects.2"]
    assert tuple(line for c in parts for line in c.lines) == article.section("side_effects").lines
    assert all(count_tokens(c.text) <= CHUNK_TOKENS for c in parts)
    assert min(len(c.lines) for c in parts) > 8


def test_the_content_hash_follows_the_text(library_dir):
    chunks = chunk_library(load_library(library_dir))
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    same = [c.content_hash for c in chunks if c.text == "Is it safe?"]
    assert len(same) == 3
    assert len(set(same)) == 1
