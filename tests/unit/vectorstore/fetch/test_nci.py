import csv

from tests.unit.vectorstore.fetch.conftest import Answer
from vectorstore.fetch.command import NCI_GROUPS
from vectorstore.fetch.nci import NCI, PAGES

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} - NCI</title>
<meta name="dcterms.issued" content="2016-03-01 - 04:00"/>
<meta property="og:url" content="https://www.cancer.gov/x"/></head>
<body class="cgov-article"><header><nav><ul><li><a href="/">Home menu</a></li></ul></nav></header>
<main class="contentzone" id="main-content"><article>
<h1><span>{title}</span></h1>
<div id="cgvBody" class="cgvbody">
<nav class="on-this-page"><h6>On This Page</h6><ul><li>jump here</li></ul></nav>
<p>Placeholder slot</p>
<p>Opening words with <a href="/Common/PopUps/popDefinition.aspx?id=1">a term</a>.</p>
<figure><figcaption><p>Credit: a photographer</p></figcaption></figure>
<h2 id="ask">When to <em>call</em></h2>
<ul><li>Call for a fever.</li><li># of days matters.</li></ul>
<table><caption>Terms</caption><tr><th>Word</th><th>Meaning</th></tr><tr><td>A</td><td>B</td></tr></table>
<script>alert("no")</script>
</div>
<div class="document-dates"><ul><li><strong>Reviewed:</strong> May 4, 2023</li></ul></div>
</article></main><footer><p>Footer words</p></footer></body></html>"""
BRCA = "publications/pdq/information-summaries/genetics/brca-genes-hp-pdq"


def _summaries(host):
    return NCI(["summaries"], base_url=host.url)


def _serve(host, **answers):
    """Every page of the group, and those given by the last word of their address."""
    with PAGES.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["group"] == "summaries"]
    paths = [row["url"].removeprefix("https://www.cancer.gov") for row in rows]
    for path in paths:
        word = path.rsplit("/", 1)[1].split("-")[0]
        host.answers[path] = answers.get(word) or Answer(PAGE.format(title=f"About {word}"))
    return paths


def test_the_kept_list_holds_each_address_once():
    with PAGES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    urls = [row["url"] for row in rows]
    assert len(urls) == len(set(urls)) > 600
    assert {row["group"] for row in rows} == set(NCI_GROUPS)
    assert all(url.startswith("https://www.cancer.gov/") and "espanol" not in url for url in urls)


def test_a_page_becomes_a_document_without_what_is_not_its_words(host, fetch, front_matter):
    paths = _serve(host, brca=Answer(PAGE.format(title="BRCA1 and BRCA2 (PDQ®)–For Professionals")))
    outcome, shelf, told = fetch(_summaries(host))
    assert (outcome.fetched, outcome.failed, outcome.status) == (len(paths), 0, 0)
    assert shelf["BRCA1 and BRCA2–For Professionals"] == {
        "": "Opening words with a term.",
        "When to call": "Call for a fever. of days matters. Terms Word; Meaning A; B",
    }
    front = front_matter("nci", BRCA.replace("/", "-"))
    assert front["url"] == f"https://www.cancer.gov/{BRCA}"
    assert (front["year"], front["dated"], front["licence"]) == (2023, "page", "public domain")
    assert (front["audience"], front["publisher"]) == ("professional", "National Cancer Institute")
    assert f"nci: {len(paths)} of {len(paths)}" in told


def test_a_page_that_fails_does_not_stop_the_others(host, fetch):
    empty = "<html><head><title>x</title></head><body><main></main></body></html>"
    paths = _serve(host, brca=Answer(status=404), palb2=Answer(empty))
    outcome, shelf, told = fetch(_summaries(host))
    assert (outcome.fetched, outcome.failed, outcome.status) == (len(paths) - 2, 2, 1)
    assert len(shelf) == len(paths) - 2
    failures = [line for line in told.splitlines() if not line.startswith("nci:")]
    assert len(failures) == 2
    assert any("is not there" in line for line in failures)


def test_a_second_run_asks_what_changed_and_replaces_it(host, fetch):
    tag = {"ETag": '"1"', "Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT"}
    old, new = Answer(PAGE.format(title="Old"), headers=tag), Answer(PAGE.format(title="New"))
    paths = _serve(host, brca=[old, new], palb2=[old, Answer(status=304)])
    fetch(_summaries(host))
    host.requests.clear()
    outcome, shelf, _ = fetch(_summaries(host))
    # Two pages gave no ETag, came again whole and say the same.
    assert (outcome.fetched, outcome.unchanged) == (1, len(paths) - 1)
    assert sorted(shelf) == ["About overview", "About risk", "New", "Old"]
    assert len(host.asked()) == len(paths)
    asked = next(r for r in host.asked() if "palb2" in r.path)
    assert asked.headers["If-None-Match"] == '"1"'


def test_a_page_without_a_date_says_where_its_year_comes_from(host, fetch, front_matter):
    page = "<html><body><main><h1>Plain</h1><p>Words of a plain page.</p></main></body></html>"
    header = {"Last-Modified": "Tue, 05 Mar 2019 10:00:00 GMT"}
    _serve(host, brca=Answer(page, headers=header), palb2=Answer(page.replace("Plain", "Bare")))
    fetch(_summaries(host))
    front = front_matter("nci", BRCA.replace("/", "-"))
    assert (front["year"], front["dated"]) == (2019, "host")
    bare = front_matter("nci", BRCA.replace("/", "-").replace("brca-genes", "palb2"))
    assert bare["dated"] == "fetched"
