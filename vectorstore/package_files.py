"""Files that installed wheels ship: models, ranks, word lists."""

from importlib.util import find_spec
from pathlib import Path

from vectorstore.errors import ConfigurationError


def package_file(package: str, name: str) -> Path:
    """Path of a file in a top-level package, found without running the package's code.

    Raises:
        ConfigurationError: the package or the file is not there.
    """
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    for folder in folders or ():
        path = Path(folder) / name
        if path.is_file():
            return path
    raise ConfigurationError(f"{name} of the package {package} is not installed")
