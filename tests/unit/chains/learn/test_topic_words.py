"""Topics in a patient's words."""

from chains.learn.topic_words import topic_words
from vectorstore.library_check import TOPICS


def test_every_topic_an_article_may_have_is_named_in_words():
    named = {topic: topic_words(topic) for topic in TOPICS}
    assert [topic for topic, words in named.items() if "_" in words or not words] == []
    assert len(set(named.values())) == len(TOPICS)


def test_topic_that_nobody_named_is_said_as_it_is_written():
    assert topic_words("a_new_topic") == "A new topic"
