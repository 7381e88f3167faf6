"""Words to the chat about what it keeps, wherever in a message they stand.

A clause is a command when it opens with nothing but courtesy, then has a verb of leaving out, and
then something that a card can hold. Verbs that are also said of lumps, drains and doses ("remove",
"drop") need a name of the lexicon or of a kind of fact behind them.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from chains.command_grammar import Grammar, load_grammar
from chains.lexicon import Lexicon
from chains.sentences import split_words
from chains.subjects import find_relations

_PRONOUN = re.compile(
    r"(?:it|that|this|them|those|these|that one|the last (?:one|thing|bit|part))$"
)
_OF_BODY = frozenset({
    *("metastasis", "procedure", "diagnosis", "comorbidity", "mets", "metastases", "symptoms"),
    *("symptom", "nodes", "surgery", "operation", "treatment", "treatments", "effects"),
})
"""What is also taken out or away in a hospital: "I want the mets removed"."""
_LOOSE = frozenset({
    *("the", "and", "my", "her", "his", "that", "this", "old", "one", "bit", "thing", "part"),
    *("card", "list", "file", "profile", "details", "info", "side", "notes", "record"),
    *("longer", "take", "taking", "stopped", "anymore", "any", "more", "used", "finished", "not"),
    *("entry", "about", "from", "also", "both", "all", "mum", "mom", "mother", "wife", "status"),
    *("result", "results", "score", "treatment", "pills", "tablets", "husband", "sister", "our"),
})
"""Words that say nothing of their own beside what is to go."""
_AT_A_TIME = re.compile(r"\b(?:during|before|after|while|when|for (?!good)|to (?:\d|half))\b")
_TOLD = re.compile(r"(?:that )?(?:i|i'm|i've|im|ive|she|he|we)\b")
"""How what was told of oneself begins: "that I drink"."""
"""Parts of the grammar that are used as they are written."""
_SORT = re.compile(
    r"\b(?:medic\w+s|meds|drugs|pills|tablets|supplements|vitamins|ones|things|everything"
    r"|anything|those|symptoms|effects|that) ?$"
)
"""Before "I no longer take": the words say which, and not why."""
_AND_BEGIN = re.compile(r"\s(?:and|n|&)\s(?:we(?:'ll)? |let'?s )?(?:re)?(?:start|begin)\b.*")
_TAKEN_OFF = re.compile(r"\b(?:remov|strik|cross|tak(?:e|ing) (?:it|that|this|those|them)? ?o)")
"""Verbs that, with a bare "it", speak of what was told last."""
_GERUND = re.compile(r"\b(?!stop|noth|someth)\w+ing $")
"""Asks for something only behind "would you mind"."""
_LONGEST_CLAUSE = 240
"""Characters."""
_OPENING = 6
"""Words of a clause among which the verb may be misspelled."""
_SHORTEST = 3
"""Letters of a word that may hold a slip."""
_LONGEST = 9
"""Words that can name what is to go."""
_ONLY_NAMED = re.compile(r"(?:get|clear|los|clean|dump|scratch)")
_RELIEVED = frozenset({"symptom", "food"})
"""What people also get rid of: "get rid of hot flashes" is a search."""


class Command(NamedTuple):
    """What is to be done to the card."""

    kind: Literal["forget", "start_over"]
    what: str = ""
    """What is to go, as written; "" for what was told last."""
    kept: str = ""
    """What is to stay of it."""
    is_past: bool = False
    """It is to go because it was stopped."""
    rest: str = ""
    """The other clauses of the message."""


def read_command(text: str, *, lexicon: Lexicon, kind_words: frozenset[str]) -> Command | None:
    """The first command of a message; None when it holds none.

    Args:
        text: The message in lower case, apostrophes straight.
        lexicon: The words of the field.
        kind_words: What people call the kinds of facts.
    """
    grammar = load_grammar()
    if not grammar.hint.search(text):
        return None
    clauses = [clause.strip() for clause in grammar.clause.split(text) if clause and clause.strip()]
    for at, clause in enumerate(clauses):
        before = " ".join(clauses[:at])
        found = _of_clause(clause, before, grammar, lexicon=lexicon, kind_words=kind_words)
        if found is not None:
            others = clauses[:at] + clauses[at + 1 :]
            rest = _asking(text, clause)
            if (
                "?" in rest
                and found.what
                and not _can_hold(found.what, grammar, lexicon, kind_words, kinds=None)
            ):
                continue
            is_past = found.is_past or _is_stopped(found, " ".join(others), clause, grammar)
            return found._replace(rest=rest, is_past=is_past)
    return None


def _of_clause(
    clause: str, before: str, grammar: Grammar, *, lexicon: Lexicon, kind_words: frozenset[str]
) -> Command | None:
    if len(clause) > _LONGEST_CLAUSE or not grammar.hint.search(clause):
        return None
    words = _righted(clause, grammar, lexicon, kind_words)
    if grammar.afresh.fullmatch(words):
        return Command("start_over")
    for name, pattern in grammar.verbs:
        match = pattern.match(words)
        if match is None:
            continue
        groups = {key: value for key, value in match.groupdict().items() if value}
        what = next(iter(groups.values()), "")
        meant = _meant(name, what.strip(), words[match.start() :].partition(what)[2], grammar)
        meant = _antecedent(meant, before, words, lexicon=lexicon, kind_words=kind_words)
        if _may_go(name, meant, match.group(), grammar, lexicon=lexicon, kind_words=kind_words):
            return _whole(meant, grammar)
    # What stands before a comma may be a greeting, or what "it" means.
    first, comma, later = words.partition(", ")
    if comma and not re.match(r"(?:what|how|why|can i|should i)\b", later):
        found = _of_clause(later, first, grammar, lexicon=lexicon, kind_words=kind_words)
        if found is not None and _is_stopped(found, first, later, grammar):
            return found._replace(is_past=True)
        return found
    return None


def _meant(name: str, what: str, behind: str, grammar: Grammar) -> Command:
    """What is to go, without its reason and what is to stay."""
    # "I'm not allergic after all, delete that": what was said and is not so, not what stays.
    stays = None if name == "trailing" else grammar.stays.search(what)
    kept = stays["kept"] if stays else ""
    named = what[: stays.start()] if stays else what
    reason = grammar.reason.search(named)
    why = behind
    if reason is not None and reason.start() > 1:
        rest = named[reason.start() :]
        listed = reason.group().strip() == "," and not grammar.reason.match(rest.lstrip(", "))
        is_sort = reason.group().lstrip().startswith("i") and _SORT.search(named[: reason.start()])
        if is_sort:
            pass
        elif not listed or grammar.stopped.search(rest):
            named, why = named[: reason.start()], f"{rest} {behind}"
    named = grammar.place.sub("", named)
    named = re.sub(r"^(?:that|about|the fact that) ", "", named.strip(" .!?,"))
    softly = name != "data"
    why = f"{named} {why}" if name == "trailing" else why
    return Command("forget", named, kept, is_past=softly and bool(grammar.stopped.search(why)))


def _antecedent(
    found: Command, before: str, words: str, *, lexicon: Lexicon, kind_words: frozenset[str]
) -> Command:
    """Where "it" is to go: what the words before it name, else what was told last."""
    if not _PRONOUN.match(found.what):
        return found
    names = [mention for mention in lexicon.mentions(before)] if before else []
    if names:
        said = " and ".join(before[m.start : m.end] for m in names)
        is_entry = re.search(r"\b(?:thing|bit|part|note|entry|fact)\b", before)
        return found._replace(what=f"the bit about {said}" if is_entry else said)
    kinds = [word for word in re.findall(r"[a-z]+", before) if word in kind_words]
    return found._replace(what=" and ".join(kinds))


def _may_go(
    name: str,
    found: Command,
    said: str,
    grammar: Grammar,
    *,
    lexicon: Lexicon,
    kind_words: frozenset[str],
) -> bool:
    what = found.what
    if len(what.split()) > _LONGEST + 6 * (name == "data"):
        return False
    is_placed = grammar.place.search(said) is not None
    if grammar.not_data.search(what) or (grammar.never.search(what) and not is_placed):
        return False
    if name == "denied":
        return _may_be_denied(what, said, grammar, lexicon=lexicon, kind_words=kind_words)
    if not what:
        told_last = name == "data" and not said.strip().startswith(("forget", "destroy"))
        return told_last or (name in ("placed", "bodily") and _TAKEN_OFF.search(said) is not None)
    if _GERUND.search(said[: said.find(what)]) and "mind" not in said:
        return False
    if name == "data" or is_placed or (name == "bodily" and grammar.last.match(what)):
        return True
    if name in ("not_kept", "unwanted", "trailing"):
        return _can_hold(what, grammar, lexicon, kind_words, kinds=None)
    return _is_held(name, what, said, grammar, lexicon=lexicon, kind_words=kind_words)


def _is_held(
    name: str,
    what: str,
    said: str,
    grammar: Grammar,
    *,
    lexicon: Lexicon,
    kind_words: frozenset[str],
) -> bool:
    """Whether what a verb of the body takes away is a thing of the card, and nothing else."""
    if _is_whole(what, grammar):
        return True
    if name == "passive":
        return _can_hold(what, grammar, lexicon, kind_words - _OF_BODY, kinds=_RELIEVED | _OF_BODY)
    if not load_grammar().about.match(what) and _says_more(what, lexicon, kind_words):
        return False
    is_relief = _ONLY_NAMED.search(said) or name == "can_go"
    kinds = _RELIEVED if is_relief else frozenset({"food"})
    return _can_hold(what, grammar, lexicon, kind_words, kinds=kinds)


def _may_be_denied(
    what: str, said: str, grammar: Grammar, *, lexicon: Lexicon, kind_words: frozenset[str]
) -> bool:
    """Whether what was "never said" is the person's own, so that it goes and does not move."""
    if find_relations(split_words(said)[0]):
        return False
    is_allergy = "allergic" in said
    return is_allergy or _can_hold(what, grammar, lexicon, kind_words, kinds=None)


def _says_more(what: str, lexicon: Lexicon, kind_words: frozenset[str]) -> bool:
    """Whether more is named than what a card can hold: "down surfaces during chemo"."""
    spans = [range(mention.start, mention.end) for mention in lexicon.mentions(what)]
    split, _ = split_words(what)
    spans += [range(split[r.word].start, split[r.last - 1].end) for r in find_relations(split)]
    loose = [
        word.group()
        for word in re.finditer(r"[a-z]{3,}", what)
        if word.group() not in kind_words | _LOOSE and not any(word.start() in s for s in spans)
    ]
    return len(loose) > 1 or bool(_AT_A_TIME.search(what))


def _can_hold(
    what: str,
    grammar: Grammar,
    lexicon: Lexicon,
    kind_words: frozenset[str],
    *,
    kinds: frozenset[str] | None,
) -> bool:
    """Whether a card can hold what is named; `kinds` of the lexicon that do not count."""
    words = set(re.findall(r"[a-z']+", what))
    if words & kind_words or load_grammar().about.match(what) or _TOLD.match(what):
        return True
    mentions = lexicon.mentions(what)
    if any(mention.kind not in (kinds or ()) for mention in mentions):
        return True
    split, _ = split_words(what)
    return bool(find_relations(split)) and len(split) <= 3


def _whole(found: Command, grammar: Grammar) -> Command:
    """All of the card, or what was told last, where that is what is to go."""
    if grammar.last.match(found.what):
        return found._replace(what="")
    if not found.kept and _is_whole(_AND_BEGIN.sub("", found.what), grammar):
        return Command("start_over")
    return found


def _is_whole(what: str, grammar: Grammar) -> bool:
    words = re.findall(r"[a-z']+", what)
    return bool(set(words) & grammar.heads) and set(words) <= grammar.whole


def _is_stopped(found: Command, others: str, clause: str, grammar: Grammar) -> bool:
    is_soft = not re.search(r"\b(?:forget|delet|eras)", clause)
    return is_soft and found.kind == "forget" and bool(grammar.stopped.search(others))


def _asking(text: str, clause: str) -> str:
    """The message without the clause of the command."""
    at = text.find(clause)
    rest = f"{text[:at]} {text[at + len(clause) :]}" if at >= 0 else ""
    rest = " ".join(rest.split()).strip(" .,;!")
    return rest if re.search(r"\w", rest) else ""


def _righted(clause: str, grammar: Grammar, lexicon: Lexicon, kind_words: frozenset[str]) -> str:
    """The clause with slips of the keys in its opening words put right."""
    words = clause.split()
    for at, word in enumerate(words[:_OPENING]):
        is_known = not word.isalpha() or lexicon.is_english(word) or lexicon.mentions(word)
        if len(word) < _SHORTEST or is_known:
            continue
        if word not in kind_words and (mixed := _same_letters(word, kind_words)):
            words[at] = mixed
        elif len(word) > _SHORTEST + 1:
            near = (v for v in grammar.slips if OSA.distance(word, v, score_cutoff=2) <= 1)
            words[at] = next(near, word)
    return " ".join(words)


def _same_letters(word: str, known: frozenset[str]) -> str:
    """The known word that a word's letters make in another order; "" without one."""
    near = (k for k in sorted(known) if len(k) == len(word) and sorted(k) == sorted(word))
    return next((k for k in near if OSA.distance(word, k, score_cutoff=2) <= 1), "")


__all__: Sequence[str] = ["Command", "read_command"]
