"""What can go wrong while fetching, by how far it reaches."""

from vectorstore.errors import DocumentError, VectorStoreError


class UnreachableError(VectorStoreError):
    """Wait and retry: a host cannot be reached at all; there is no sense in asking for more."""

    def __init__(self, host: str) -> None:
        """Keep the host apart, so that the command can say what became of the rest."""
        super().__init__(f"{host} cannot be reached")
        self.host = host


class PageError(DocumentError):
    """One page, paper or label could not be had or read; the others go on."""


class NothingThereError(PageError):
    """The service answered that it holds nothing under this name."""


class LeftOutError(DocumentError):
    """It was read and is not for the shelf: it holds nothing to read, or was withdrawn."""


class WithdrawnError(LeftOutError):
    """It was published and taken back; what is kept of it must go."""

    def __init__(self, name: str, text: str) -> None:
        """Keep the name of its file apart."""
        super().__init__(text)
        self.name = name
