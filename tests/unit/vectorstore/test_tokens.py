import pytest
import quicktok

from vectorstore.tokens import count_tokens, encoding

TEXTS = [
    "",
    "Ribociclib 400 mg, 3 weeks on and 1 week off; ANC 0.9 x 10^9/L.",
    "I'm scared \U0001f62d\U0001f62d - it\u2019s in my caf\u00e9   bones\r\n\r\n\tnow",
    "<|endoftext|> is plain text here",
    "\u4e73\u764c \u0440\u0430\u043a \u0633\u0631\u0637\u0627\u0646",
]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_o200k(text):
    expected = quicktok.get_encoding("o200k_base").encode_ordinary(text)
    assert encoding().encode_ordinary(text) == list(expected)
    assert count_tokens(text) == len(expected)


def test_a_known_text_has_its_known_count():
    assert count_tokens("hello world") == 2
