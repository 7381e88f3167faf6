"""Documents for the shelf, and what a run told."""

FRONT = {
    "publisher": "Cancer Institute",
    "title": "Scalp cooling",
    "year": "2024",
    "url": "https://www.cancer.example/scalp-cooling",
    "kind": "patient_page",
    "licence": "public domain",
    "audience": "patient",
}
BODY = (
    "Scalp cooling caps can keep some hair during chemotherapy.\n\n# Who it suits\n\n"
    "Most people with solid tumors can try it."
)


def document(path, body=BODY, **replaced):
    """A Markdown file with front matter; a key set to None is left out."""
    front = {key: value for key, value in (FRONT | replaced).items() if value is not None}
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{lines}\n---\n{body}\n", encoding="utf-8")
    return path


def numbered(folder, count, word="caps"):
    """Documents of their own addresses, each with words of its own."""
    return [
        document(
            folder / f"{word}-{n}.md",
            f"Number {n} of the {word} tells how hair is kept in week {n} of treatment {word}.",
            title=f"{word} {n}",
            url=f"https://www.cancer.example/{word}/{n}",
        )
        for n in range(count)
    ]


class Told:
    """Keeps what a run told."""

    def __init__(self):
        self.problems = []
        self.files = []

    def file(self, done, total, name):
        self.files.append((done, total, name))

    def passages(self, encoded):
        pass

    def problem(self, text):
        self.problems.append(text)
