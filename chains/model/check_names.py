"""Names that the lexicon may lack: medicines by the ending of their kind, and proper names."""

import re
from collections.abc import Collection, Iterator

# Stems that the World Health Organization gives generic names by their kind ("The use of stems in
# the selection of International Nonproprietary Names", 2018); those that end everyday words, such
# as -ine and -ide, are left out.
_MEDICINE = re.compile(
    r"\b[a-z]{2,}(?:mab|tinib|ciclib|parib|lisib|rafenib|degib|taxel|rubicin|platin|trexate"
    r"|citabine|mustine|relin|relix|lutamide|dronate|dronic|oxetine|triptyline|azepam|vastatin"
    r"|sartan|dipine|gliptin|gliflozin|glutide|mycin|cillin|floxacin|conazole|prazole|profen"
    r"|coxib|setron|pitant|grastim|poetin|ciclovir|xaban|gatran|parin|gabalin|caine)s?\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<=[a-z,;:(\-–] )[A-Z][a-z]{3,}\b|\b[A-Z]{4,}(?:-?\d+)+\b")
_NAMING_NOTHING = frozenset([
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "fahrenheit",
    "celsius",
    "english",
    "medicare",
    "medicaid",
    "internet",
    "american",
    "americans",
])
"""Names of days and months, of units and of what any reader in the United States has at hand."""
_ROOT = 4
"""Letters that two forms of a name share: America, American."""


def strange_medicines(said: str, told: str, known: Collection[int] = ()) -> Iterator[str]:
    """Words of a sentence that end as generic names do and stand in no passage.

    Args:
        said: The sentence.
        told: The passages.
        known: Where names begin that the lexicon has; those are held to rules of their own.
    """
    for match in _MEDICINE.finditer(said):
        if match.start() not in known and match[0].lower().removesuffix("s") not in told.lower():
            yield match[0]


def strange_names(said: str, told: str, known: Collection[int] = ()) -> Iterator[str]:
    """Proper names of a sentence, but for its first word, of which the passages have no form.

    Args:
        said: The sentence.
        told: The passages.
        known: Where names begin that the lexicon has; those are held to rules of their own.
    """
    there = {word[:_ROOT] for word in re.findall(r"[^\W_]+", told.lower())}
    for match in _PROPER.finditer(said):
        if match.start() in known:
            continue
        word = match[0].lower()
        if any(sign.isdigit() for sign in word):
            is_told = word in told.lower()
        else:
            is_told = word in _NAMING_NOTHING or word[:_ROOT] in there
        if not is_told:
            yield match[0]
