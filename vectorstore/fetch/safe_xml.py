"""XML from elsewhere: no entities, no network, no giant trees."""

from lxml import etree

from vectorstore.fetch.documents import plain
from vectorstore.fetch.failures import PageError


def read_xml(body: bytes, name: str) -> etree._Element:
    """The root of a document; declared entities are never expanded or loaded.

    Args:
        body: the answer of a host.
        name: what a failure calls it.

    Raises:
        PageError: it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: etree._Element | None = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageError(f"{name}: is not readable XML") from error
    if root is None:
        raise PageError(f"{name}: is not readable XML")
    return root


def text_of(element: etree._Element | None) -> str:
    """All text inside, marks of form left out, on one line; "" for None."""
    if element is None:
        return ""
    return plain("".join(str(text) for text in element.itertext()))


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; "" for an entity that was not expanded."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
