"""The other half of what was said in one breath: a symptom's medicine, a medicine's symptom."""

from chains.condense.conversation import Conversation
from chains.condense.entities import Entity
from chains.condense.rewrite import inserted


def partnered(text: str, message: str, talk: Conversation) -> str | None:
    """The text with the partner of what it names; None where nothing ties one to it.

    Args:
        text: as it is completed so far.
        message: as it was written; by its words the kind is told.
        talk: the conversation and the card.
    """
    if talk.last is None or talk.of_group(talk.named(text), "disease"):
        return None
    if talk.wording.one["lean.open_end"].search(message):
        return None
    return (
        _with_medicine(text, message, talk)
        or _with_symptom(text, message, talk)
        or _with_result(text, message, talk)
    )


def _with_result(text: str, message: str, talk: Conversation) -> str | None:
    """The figure told in the last two turns, for which a medicine is to be taken or held."""
    named = talk.named(text)
    if not talk.of_group(named, "medicine") or talk.of_group(named, "symptom", "care", "intake"):
        return None
    if not talk.wording.one["lean.dosing"].search(message):
        return None
    told = (e for of_turn in talk.spoken[:3] for e in of_turn if e.kind == "lab")
    result = next((e for e in told if any(map(str.isdigit, e.words))), None)
    return inserted(text, 0, f"with {result.words}") if result is not None else None


def _with_medicine(text: str, message: str, talk: Conversation) -> str | None:
    """The medicine behind a symptom or a result that the question goes on about."""
    named = talk.named(text)
    felt = [e for e in named if e.kind in ("symptom", "lab")]
    if not felt or talk.of_group(named, "medicine", "care") != talk.of_group(felt, "care"):
        return None
    if text == message and not talk.wording.one["lean.points"].search(message):
        return None
    medicine = _tied(felt[0], talk)
    if medicine is None:
        return None
    link = "from" if felt[0].kind == "symptom" else "on"
    return f"{text[: felt[0].end]} {link} {medicine.words}{text[felt[0].end :]}"


def _tied(felt: Entity, talk: Conversation) -> Entity | None:
    """The one medicine told with it or in the turn before, else the card's only one."""
    for at, named in enumerate(talk.spoken):
        if any(entity.key == felt.key for entity in named):
            near = [*named, *(talk.spoken[at + 1] if at + 1 < len(talk.spoken) else ())]
            return _only(talk.of_group(near, "medicine")) or _only(talk.medicines)
    return _only(talk.of_group(talk.spoken[0], "medicine")) if talk.spoken else None


def _only(found: tuple[Entity, ...]) -> Entity | None:
    return found[0] if len({entity.key for entity in found}) == 1 else None


def _with_symptom(text: str, message: str, talk: Conversation) -> str | None:
    """The complaint for which a medicine is to be changed, or a remedy asked for."""
    if text == message or talk.of_group(talk.named(text), "symptom", "care", "intake"):
        return None
    ill = talk.complaint()
    if ill is None or not talk.wording.one["lean.for_complaint"].search(message):
        return None
    return inserted(text, 0, f"for {ill.words}")
