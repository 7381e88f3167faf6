"""Three small articles in the library's form."""

SOURCE = (
    '{publisher: National Cancer Institute, title: "A page", year: 2025, kind: patient_page,'
    ' url: "https://www.cancer.gov/a-page", read_from: "NCI page"}'
)
ARTICLES = {
    "letrozole": (
        "Letrozole (Femara)",
        ["What is letrozole?", "How long do I take letrozole?", "My joints ache on letrozole"],
        {
            "How it works": ("how_it_works", "Letrozole lowers estrogen made outside the ovaries."),
            "Side effects": ("side_effects", "Letrozole can make joints stiff and sore."),
            "Bones": ("tests", "Letrozole can thin bones, so bone density is measured."),
        },
    ),
    "fever": (
        "Fever during treatment",
        ["What counts as a fever?", "Can I take Tylenol first?", "Who do I call at night?"],
        {
            "When to call": ("when_to_call", "Call at 38.0 C (100.4 F) or higher, day or night."),
            "Why it matters": ("meaning", "Few white cells leave the body open to infection."),
            "Your counts": ("tests", "Neutrophils are counted in a blood test before treatment."),
        },
    ),
    "walking": (
        "Exercise during treatment",
        ["Can I exercise during chemo?", "How do I start when I am tired?", "Is lifting safe?"],
        {
            "What helps": ("what_helps", "Walking every day eases tiredness during treatment."),
            "What studies found": (
                "evidence",
                "Exercise lowered fatigue in a trial of 357 people.",
            ),
            "Safety": ("safety", "Bones weakened by cancer need care with heavy weights."),
        },
    ),
}


def article_text(article_id: str = "letrozole", **replaced: str) -> str:
    """One article of the small library; `replaced` gives other front matter lines by key."""
    title, answers, sections = ARTICLES[article_id]
    quoted = ", ".join(f'"{question}"' for question in [*answers, "Is it safe?", "What now?"])
    front = {
        "id": article_id,
        "title": title,
        "topics": "[endocrine]",
        "answers": f"[{quoted}]",
        "reviewed": "2026-11-22",
        "sources": f"\n  1: {SOURCE}",
    } | replaced
    lines = ["---", *(f"{key}: {value}" for key, value in front.items()), "---"]
    lines += ["## In short {in_short}", f"{title} is told here in two lines. [1]"]
    for heading, (kind, claim) in sections.items():
        lines += [f"## {heading} {{{kind}}}", f"{claim} [1]"]
        lines += [f"- {{when: class = chemotherapy}} {heading} differ during chemotherapy. [1]"]
    lines += ["## Questions to ask {questions}", "- What does it mean for me?", ""]
    return "\n".join(lines)
