"""A sentence that stops after a content word and leaves its verb or object open.

"after 3 cycles my echo", "my oncologist recommended": told by where a noun phrase may stand.
"""

from chains.completeness.phrases import FUNCTION_CLASSES, Phrase, is_noun_use, last_phrase
from chains.completeness.signal import Signal
from chains.completeness.stranding import can_strand
from chains.completeness.tail import Tail
from chains.completeness.word_lists import WordLists


def open_clause(tail: Tail, lists: WordLists) -> Signal | None:
    """The last clause has a subject without its verb, or a verb without its object."""
    if tail.mark != "none" or not tail.words or tail.is_other_language:
        return None
    words = tail.lower
    if lists.has(words[-1], *FUNCTION_CLASSES) or lists.ends_with(words, "whole_tail"):
        return None
    strength = max(
        _set_phrase(words, lists),
        _open_verb(words, lists),
        _made_to(words, lists),
        _half_said(words, lists),
        _becoming(words, lists),
        _each_time(words, lists),
        _lone_subject(tail, lists),
        _unpaired(words),
        _announced(words, lists),
        _unnamed(words, lists),
    )
    return Signal("content_word", strength, tail.fragment()) if strength > 0 else None


def _set_phrase(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "my white", "three lymph": the first half of a phrase that is never halved."""
    if len(words) > 2 and lists.ends_with(words, "set_phrase"):
        told = lists.has(words[-2], "be_form", "degree", "adverb", "copula")
        return 0.0 if told or words[-2] in _SENSES else 0.8
    if len(words) == 2 and lists.has(words[0], "possessive"):
        return 0.7 if lists.has(words[1], "weak_adjective") else 0.0
    if len(words) < 4:
        return 0.0
    owned = lists.has(words[-2], "possessive") and lists.has(words[-1], "weak_adjective")
    bare = lists.has(words[-2], "determiner") and lists.has(words[-1], "attribute")
    return 0.75 if owned or bare else 0.0


_SENSES = frozenset({"feel", "feels", "felt", "feeling", "look", "looks", "looking", "so", "too"})


def _unpaired(words: tuple[str, ...]) -> float:
    """Such as "between letrozole": one of two things to choose from."""
    if "between" not in words[-4:-1]:
        return 0.0
    inner = words[len(words) - words[::-1].index("between") :]
    several = words[-1].endswith("s") and len(inner) < 3 and not words[-1].endswith("is")
    return 0.0 if several or {"and", "two", "both", "three", "these", "those"} & set(inner) else 0.8


def _announced(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "the reason I stopped verzenio": what was announced is never told."""
    at = next((n for n, w in enumerate(words[:4]) if lists.has(w, "announcing_noun")), None)
    if (
        not at
        or lists.has(words[0], "wh_word")
        or not (lists.has(words[at - 1], "determiner", "possessive") or words[at - 1] == "one")
    ):
        return 0.0
    rest = words[at + 1 :]
    told = any(lists.has(word, "be_form") or word.endswith("'s") for word in rest)
    return 0.7 if _has_verb(rest, lists) and not told else 0.0


def _unnamed(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "I take a drug called", but not "a nurse called"."""
    if len(words) < 3 or not lists.has(words[-1], "naming"):
        return 0.0
    if lists.has(words[-2], "agent", *FUNCTION_CLASSES):
        return 0.0
    indefinite = words[-2] in ("one", "something") or "a" in words[-4:-2] or "an" in words[-4:-2]
    return 0.75 if indefinite and words[0] not in ("a", "an", "no", "some") else 0.0


def _open_verb(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "my oncologist recommended": a verb whose clause gave it no object."""
    before = words[:-1]
    if not lists.has(words[-1], "open_verb") or not before:
        return 0.0
    if len(before) == 1 and not lists.has(before[0], "subject_pronoun", "contraction"):
        return 0.0
    if is_noun_use(before[-1], lists) or _is_passive(words, lists):
        return 0.0
    if lists.has(words[-1], "noun_verb") and _has_main_verb(before, lists):
        return 0.0
    if can_strand(words, "", lists) and not lists.has(words[0], "fronting"):
        return 0.0
    if lists.has(before[0], "object_head") or any(
        lists.has(word, "object_head", "antecedent") for word in before[1:-1]
    ):
        return 0.0
    if _is_had_done(words, lists) or _is_aside(words, lists):
        return 0.0
    if before[-1] == "to":
        moved = any(lists.has(w, "open_verb", "verb", "saying_verb") for w in before)
        return 0.7 if moved or before[-2:-1] == ("going",) else 0.4
    if lists.has(before[-1], "adverb"):
        before = before[:-1]
    has_subject = bool(before) and (
        lists.has(before[-1], "subject_pronoun", "auxiliary", "agent", "contraction")
        or (len(before) > 2 and lists.has(before[-1], "negative_auxiliary"))
        or not lists.has(before[-1], *FUNCTION_CLASSES)
        or _is_late_subject(before, lists)
    )
    return 0.72 if has_subject else 0.0


def _made_to(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "the steroids make me feel": what someone is made to do lacks its object."""
    made = len(words) > 3 and words[-3] in _MAKES and lists.has(words[-2], "object_pronoun")
    asked = any(lists.has(word, "object_head", "antecedent") for word in words[:-3])
    return 0.72 if made and not asked and lists.has(words[-1], "open_verb") else 0.0


def _half_said(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "I have been having really bad": an attribute of what is had, and not the thing."""
    if not lists.has(words[-1], "attribute") or len(words) < 3:
        return 0.0
    degree = lists.has(words[-2], "degree") or words[-2] in _DEGREES
    had = words[-3] if degree else words[-2]
    return 0.7 if had in _HAVING and (degree or had in ("having", "getting")) else 0.0


_DEGREES = frozenset({"really", "so", "some", "more", "these", "pretty", "such"})
_HAVING = frozenset({"have", "has", "had", "having", "get", "gets", "got", "getting"})


def _becoming(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "my nails are turning": what they turn into is not said."""
    owned = lists.has(words[0], "possessive", "determiner")
    copular = words[-1] in ("turning", "becoming", "looking", "feeling", "getting")
    return 0.7 if owned and copular and lists.has(words[-2], "be_form", "adverb") else 0.0


def _each_time(words: tuple[str, ...], lists: WordLists) -> float:
    """Such as "whenever I eat my mouth": only when, and not what happens then."""
    opens = lists.has(words[0], "recurring") or lists.has(" ".join(words[:2]), "recurring")
    alone = len(words) > 4 and lists.has(words[-2], "possessive")
    return 0.72 if opens and alone and sum(w == "my" for w in words) == 1 else 0.0


_MAKES = frozenset({"make", "makes", "made", "making", "let", "lets"})


def _is_aside(words: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "14 to 16 weeks I think they said"."""
    return words[-1] == "said" and len(words) > 2 and lists.has(words[-3], "own_belief")


def _is_had_done(words: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "should I have both breasts removed": the object stands before its participle."""
    at = max((n for n, word in enumerate(words[:-2]) if word in _CAUSES), default=None)
    if at is None or len(words) - at < 4 or not words[-1].endswith("ed"):
        return False
    return not any(lists.has(w, "subject_pronoun", "agent", "soft_determiner") for w in words[at:])


_CAUSES = frozenset({"have", "has", "had", "having", "get", "got", "getting", "need", "want"})


def _is_late_subject(before: tuple[str, ...], lists: WordLists) -> bool:
    """Such as "because it", but not the "that it" of a relative clause."""
    opens = len(before) > 1 and lists.has(before[-2], "subordinator")
    return opens and before[-1] in ("it", "you") and before[-2] != "that"


def _has_main_verb(words: tuple[str, ...], lists: WordLists) -> bool:
    return any(
        lists.has(word, "verb", "open_verb", "be_form", "contraction")
        and not lists.has(word, "weak_adjective")
        for word in words
    )


def _is_passive(words: tuple[str, ...], lists: WordLists) -> bool:
    active = words[-1].endswith("ing") or words[-2] == "to"
    asked = lists.has(words[0], "wh_word") and words[-1].endswith("ed")
    return not active and any(
        lists.has(word, "be_form") or word in ("been", "being", "get", "got")
        for word in (words if asked else words[-4:-1])
    )


def _lone_subject(tail: Tail, lists: WordLists) -> float:
    """The noun phrase at the end begins a clause that never gets its verb."""
    words = tail.lower
    phrase = last_phrase(words, lists)
    if phrase is None or (words[phrase.start] == "its" and not words[-1].endswith("s")):
        return 0.0
    if phrase.start == 0:
        return _lone_phrase(words, phrase, lists)
    if _is_comment(tail, phrase):
        return 0.0
    return _after_opener(tail, phrase, lists)


def _after_opener(tail: Tail, phrase: Phrase, lists: WordLists) -> float:
    """What the word before the phrase says of it."""
    words, before = tail.lower, tail.lower[phrase.start - 1]
    if lists.has(before, "subordinator"):
        return _after_subordinator(words, phrase, lists)
    if lists.has(before, "wh_word") and phrase.start > 1 and phrase.is_led:
        return 0.75 if words[phrase.start] not in ("a", "an") else 0.0
    if before in ("but", "so"):
        return 0.82 if phrase.is_led or lists.has(words[-1], "agent") else 0.55
    if before in ("and", "&", "n", "then", "now"):
        return _after_and(words, phrase, lists)
    if lists.has(before, "clause_opener") and phrase.is_led:
        return 0.78
    if lists.has(before, "auxiliary", "negative_auxiliary"):
        return _after_inverted(words, phrase, lists)
    verbal = lists.has(before, "verb", "open_verb", "saying_verb")
    led = phrase.start > 1 and is_noun_use(words[phrase.start - 2], lists)
    functional = lists.has(before, *FUNCTION_CLASSES) and not lists.has(before, "time_word")
    fronted = tail.words[phrase.start].after_comma and lists.has(words[0], "fronting")
    if (functional or (verbal and not led)) and not fronted:
        return 0.0
    return _after_fronting(tail, phrase, lists)


_ADJECTIVE_ENDS = ("ic", "al", "ful", "ous", "ive", "able", "ible", "less", "ant", "ent", "ary")


def _is_comment(tail: Tail, phrase: Phrase) -> bool:
    """Such as "no need to worry, says my surgeon"."""
    opener = tail.words[phrase.start - 1]
    return opener.after_comma and opener.lower in ("says", "said", "say")


def _lone_phrase(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """A whole sentence of one phrase: people who act want a verb, things may be a topic."""
    if not phrase.is_led or not lists.has(words[0], "determiner", "possessive"):
        return 0.0
    if lists.has(words[-1], "agent"):
        return 0.72
    return 0.66 if lists.has(words[-1], "announcing_noun") else 0.0


def _after_subordinator(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    before = words[phrase.start - 1]
    if words[phrase.start].endswith("ing") or lists.has(words[-1], "time_word"):
        return 0.0
    if before == "that" and phrase.start > 1:
        ahead = words[phrase.start - 2]
        if lists.has(ahead, "auxiliary", "negative_auxiliary", "preposition", "particle"):
            return 0.0
        said = any(lists.has(word, "saying_verb") for word in words[: phrase.start - 1])
        return 0.8 if said or phrase.is_led else 0.0
    if lists.has(words[-1], "weak_adjective", "adverb") and not phrase.is_led:
        return 0.0
    if phrase.is_led or before in ("whether", "because", "although"):
        return 0.85
    return 0.72


def _after_and(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """Two clauses or two things: a verb in front and a new owner behind speak for clauses."""
    front = words[: phrase.start - 1]
    listed = words[phrase.start] in ("a", "an") or "between" in front
    if listed or not phrase.is_led or not _has_verb(front, lists):
        return 0.0
    if words[phrase.start - 1] in ("then", "now"):
        return 0.7
    parallel = any(lists.has(word, "determiner", "possessive") for word in front[-3:])
    parallel |= words[phrase.start] == "its" or lists.has((front[-2:-1] or ("",))[0], "preposition")
    verb_near = front and lists.has(front[-1], "verb", "open_verb", "preposition")
    if parallel or verb_near:
        return 0.3
    return 0.66 if lists.has(words[-1], "agent") or len(front) > 5 else 0.55


def _has_verb(words: tuple[str, ...], lists: WordLists) -> bool:
    return any(
        lists.has(word, "verb", "open_verb", "auxiliary", "contraction", "saying_verb")
        for word in words
    )


def _after_inverted(words: tuple[str, ...], phrase: Phrase, lists: WordLists) -> float:
    """Such as "does soy milk", "can my husband": a question that never gets its verb."""
    at = phrase.start - 1
    if lists.has(words[-1], "verb", "noun_verb") and len(words) - at > 2:
        return 0.0
    opens = at == 0 or lists.has(words[at - 1], "wh_word", "conjunction")
    if not opens:
        return 0.0
    if words[0] == "had" and not lists.has(words[-1], "agent"):
        return 0.0
    if lists.has(words[at], "copula"):
        judged = words[-1].endswith(_ADJECTIVE_ENDS) or (
            len(words) - phrase.start > 2
            and not lists.has(words[-1], "agent", "noun_verb", "measure")
        )
        return 0.0 if at or judged else 0.6 if phrase.is_led else 0.55
    if at and (words[at] in ("has", "have", "had") or lists.has(words[at], "negative_auxiliary")):
        return 0.0
    if words[at] == "do" and not phrase.is_led and at:
        return 0.0
    if words[-1].endswith("ed") and not lists.has(words[-1], "agent"):
        return 0.0
    return 0.85 if len(words) - at <= (4 if phrase.is_led else 3) else 0.5


def _after_fronting(tail: Tail, phrase: Phrase, lists: WordLists) -> float:
    """Such as "in January my husband": a second phrase with no link to the first."""
    words = tail.lower
    asked = words[0] == "when" and lists.has(words[1], "auxiliary")
    if not phrase.is_led or asked or lists.has(words[0], "auxiliary", "gap_word"):
        return 0.0
    if lists.has(words[-1], "time_word") or "that" in words[phrase.start - 2 : phrase.start]:
        return 0.0
    fronted = lists.has(words[0], "fronting") or words[0].isdigit()
    if tail.words[phrase.start].after_comma:
        return 0.75 if fronted or _has_verb(words[: phrase.start], lists) else 0.45
    previous = words[phrase.start - 1]
    dated = lists.has(previous, "time_word") or previous[0].isdigit()
    return 0.82 if fronted else 0.65 if dated else 0.5
