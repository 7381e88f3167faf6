"""What can go wrong in the library and its index, by who must act."""


class VectorStoreError(Exception):
    """Base of every error of this package; its text is one plain sentence."""


class ArticleError(VectorStoreError):
    """The author must act: an article cannot be read. Names the file and, where known, the line."""


class ConditionError(VectorStoreError):
    """The author must act: a `when` or `unless` cannot be read."""


class DocumentError(VectorStoreError):
    """The operator must act: a document to ingest lacks something. Names the file and the key."""


class ConfigurationError(VectorStoreError):
    """The operator must act: a setting, or a package it needs, is missing or wrong."""


class BrokenIndexError(VectorStoreError):
    """Nobody must act: a folder holds no whole index; it is built anew."""


class SearchUnavailableError(VectorStoreError):
    """Wait and retry: the Chroma server or the remote encoder did not answer."""
