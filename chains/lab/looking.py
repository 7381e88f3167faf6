"""An opened turn as rows: steps, rules, cards, passages, conditions, sentences.

Each function gives plain dictionaries with the same keys in each row, for a table.
"""

from collections.abc import Iterable, Iterator

from chains.compose.composition import Composition
from chains.compose.facts_told import fact_line
from chains.intent import intent
from chains.lab.opening import Opened
from chains.questions import plan_for
from chains.record import TurnRecord
from chains.services import Services
from memory.records import Card, Fact
from vectorstore.articles import Line

Row = dict[str, object]


def step_rows(opened: Opened) -> list[Row]:
    """Each step with what went in, what came out and how long it took."""
    record, ms = opened.record, opened.record.timings_ms
    facts = "; ".join(map(fact_line, record.facts)) or "nothing about the person"
    ground, cut = opened.last_call("ground"), record.completeness
    dropped = len(ground.result[1].dropped) if ground is not None else 0
    answer = record.answer
    told = {
        "triage": (record.message, f"{record.triage.level} {_flags(record)}".strip()),
        "completeness": (
            record.message,
            f"{cut.label}, {cut.reason}: {cut.fragment}" if cut.is_cut_off else cut.label,
        ),
        "extraction": (record.message, facts),
        "condense": (record.message, record.standalone_question),
        "retrieve": (record.standalone_question, f"{len(record.passages)} passages"),
        "compose": (f"{len(record.passages)} passages", f"{len(answer.sentences)} sentences"),
        "ground": (
            f"{len(answer.sentences) + dropped} sentences",
            f"{len(answer.sentences)} kept, {dropped} dropped",
        ),
    }
    return [
        {
            "step": step,
            "input": given if step in ms else "not reached",
            "output": found if step in ms else "",
            "ms": ms.get(step),
        }
        for step, (given, found) in told.items()
    ]


def rule_rows(opened: Opened, services: Services) -> list[Row]:
    """The rules and patterns that decided, each with the words that made them fire."""
    record, lexicon = opened.record, services.lexicon
    last = opened.history[-1] if opened.history else None
    meant = intent(record.message, record.facts, last, lexicon=lexicon)
    rows = [("triage", f"red flag {f.code}", f.evidence) for f in record.triage.flags]
    cut = record.completeness
    if cut.is_cut_off:
        rows.append(("completeness", f"cut: {cut.reason}", cut.fragment or ""))
    rows += [("extraction", f"fact: {fact_line(f)}", f.evidence) for f in record.facts]
    rows.append(("intent", meant.kind, record.message))
    if "retrieve" in record.timings_ms:
        plan = plan_for(record.standalone_question, lexicon)
        asked = next((p.pattern for p in plan.patterns if p.search(record.standalone_question)), "")
        rows.append(("compose", f"question kind: {plan.kind}", asked or "the words it names"))
    return [{"step": step, "rule": rule, "because of": why} for step, rule, why in rows]


def card_rows(opened: Opened) -> list[Row]:
    """The cards before and after the turn, fact by fact."""
    subjects = dict.fromkeys([*opened.told.cards, *opened.record.card])
    return [row for subject in subjects for row in _card_rows(opened, subject)]


def _card_rows(opened: Opened, subject: str) -> Iterator[Row]:
    then = _lines(opened.told.cards.get(subject, Card()).facts)
    now = _lines(opened.record.card.get(subject, ()))
    for key in dict.fromkeys([*then, *now]):
        before, after = then.get(key, ""), now.get(key, "")
        change = "" if before == after else "new" if not before else "changed" if after else "gone"
        yield {"whose": subject, "before": before, "after": after, "change": change}


def _lines(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    return {(f.kind, f.name): fact_line(f) + (" (denied)" if f.negated else "") for f in facts}


def passage_rows(opened: Opened, services: Services) -> list[Row]:
    """The passages of the last search, best first, with their rank in each leg."""
    call = opened.last_call("search")
    if call is None:
        return []
    legs = services.searcher.legs(call.given[0])
    cited = {s for source in opened.record.answer.sources for s in source.passage_ids}
    steered = {passage.id: passage.score for passage in opened.record.passages}
    rows = []
    for rank, hit in enumerate(call.result, start=1):
        leg = legs.get(hit.chunk_id)
        rows.append({
            "rank": rank,
            "passage": hit.chunk_id,
            "score": round(hit.score, 3),
            "after steering": steered.get(hit.chunk_id),
            "cosine": round(hit.similarity, 3),
            "rank by meaning": leg.dense if leg else None,
            "rank by words": leg.lexical if leg else None,
            "nearest question": round(leg.question, 3) if leg and leg.question else None,
            "cited": "yes" if hit.chunk_id in cited else "",
        })
    return rows


def searches(opened: Opened) -> list[tuple[str, ...]]:
    """The phrasings of each search, in order: more than one search where it was widened."""
    given = [call.given[0] for call in opened.calls if call.method == "search"]
    return [(one,) if isinstance(one, str) else tuple(one) for one in given]


def plan_of_turn(opened: Opened, services: Services) -> Row | None:
    """The plan that was chosen, and from which articles; None where nothing was composed."""
    work = _composition(opened, services)
    if work is None:
        return None
    return {
        "kind of question": work.plan.kind,
        "may open the answer": ", ".join(work.plan.lead),
        "sections that follow": ", ".join(work.plan.sections),
        "articles": ", ".join(article.article_id for article in work.articles),
    }


def condition_rows(opened: Opened, services: Services) -> list[Row]:
    """Each line of the chosen articles that turns on the card: met, ruled out or unknown."""
    work = _composition(opened, services)
    if work is None:
        return []
    known = work.known.asking(work.asked, work.kit.lexicon)
    said = {sentence.text for sentence in opened.record.answer.sentences}
    lines = (
        (article.article_id, section.kind, line)
        for article in work.articles
        for section in article.sections
        for line in section.lines
        if line.when is not None or line.unless is not None
    )
    return [
        {
            "verdict": known.fit(line).verdict.replace("_", " "),
            "condition": _condition(line),
            "line": line.text,
            "passage": f"{article}#{section}",
            "said": "yes" if line.text in said else "",
        }
        for article, section, line in lines
    ]


def sentence_rows(opened: Opened) -> list[Row]:
    """Each sentence of the answer with the source that says it; dropped ones last."""
    sources = {source.n: source for source in opened.record.answer.sources}
    ground = opened.last_call("ground")
    rows: list[Row] = [
        {
            "sentence": sentence.text,
            "support": "stands in its source",
            "sources": "; ".join(
                f"[{n}] {sources[n].publisher}: {sources[n].title}" for n in sentence.citations
            ),
        }
        for sentence in opened.record.answer.sentences
    ]
    dropped = ground.result[1].dropped if ground is not None else ()
    return rows + [{"sentence": t, "support": "dropped", "sources": ""} for t in dropped]


def _composition(opened: Opened, services: Services) -> Composition | None:
    """The answer's plan worked out again from what the composer was given."""
    call = opened.last_call("compose")
    if call is None:
        return None
    question, hits, card = call.given[:3]
    work = Composition(
        services.composer.for_one_turn(services.lexicon.for_one_turn()).kit, question, hits, card
    )
    return work if work.articles else None


def _condition(line: Line) -> str:
    when = f"when {line.when}" if line.when is not None else ""
    unless = f"unless {line.unless}" if line.unless is not None else ""
    return " ".join(filter(None, (when, unless)))


def _flags(record: TurnRecord) -> str:
    return ", ".join(f"{flag.code}: {flag.evidence}" for flag in record.triage.flags)
