# ruff: noqa: E501 - the host's own forms, line by line
from html import escape

from tests.unit.vectorstore.fetch.conftest import Answer
from vectorstore.fetch.medlineplus import MedlinePlus, read_topics
from vectorstore.fetch.safe_xml import read_xml


def _topic(title, summary, language="English"):
    name = title.lower().replace(" ", "")
    return f"""<health-topic meta-desc="x" title="{title}" url="https://medlineplus.gov/{name}.html" id="7"
language="{language}" date-created="02/19/1999"><also-called>Other name</also-called>
<full-summary>{escape(summary)}</full-summary><group id="1" url="https://medlineplus.gov/g.html">G</group>
<mesh-heading><descriptor id="D1">M</descriptor></mesh-heading>
<site title="Elsewhere" url="https://example.org"><standard-description>Not ours</standard-description></site></health-topic>"""


def _answer(*topics):
    documents = "".join(
        f'<document rank="{i}" url="x"><content name="healthTopic">{t}</content></document>'
        for i, t in enumerate(topics)
    )
    return Answer(f"""<?xml version="1.0" encoding="UTF-8"?><nlmSearchResult><term>x</term><file>viv_1</file>
<server>s</server><count>{len(topics)}</count><retstart>0</retstart><retmax>3</retmax>
<list num="{len(topics)}" start="0" per="3">{documents}</list></nlmSearchResult>""")


SUMMARY = """<h3>What is it?</h3><p>A cancer of the <span class="qt0">breast</span>.</p>
<h3>What helps?</h3><ul><li>Surgery</li><li>Medicines</li></ul><p class="">NIH: National Cancer Institute</p>"""


def test_topics_become_patient_pages_in_english_alone(host, fetch, front_matter):
    host.answers = {
        "/ws/query": [
            _answer(_topic("Breast Cancer", SUMMARY), _topic("Seno", "<p>No.</p>", "Spanish")),
            _answer(_topic("Breast Cancer", SUMMARY)),
            _answer(),
        ]
    }
    terms = ["breast cancer", "male breast cancer", "xyzzy"]
    outcome, shelf, told = fetch(MedlinePlus(terms, base_url=f"{host.url}/ws/query"))
    assert (outcome.fetched, outcome.failed) == (1, 1)
    assert 'no topic for "xyzzy"' in told
    assert shelf["Breast Cancer"] == {
        "What is it?": "A cancer of the breast.",
        "What helps?": "Surgery Medicines NIH: National Cancer Institute",
    }
    front = front_matter("medlineplus", "breastcancer")
    assert (front["audience"], front["licence"], front["dated"]) == (
        "patient",
        "public domain",
        "fetched",
    )
    assert host.asked()[0].query["rettype"] == "topic"


def test_the_xml_of_all_topics_is_read_too():
    xml = f'<health-topics total="1" date-generated="11/28/2026 02:30:50">{_topic("Pain", "<p>It hurts.</p>")}</health-topics>'
    (topic,) = read_topics(read_xml(xml.encode(), "topics"))
    assert (topic.title, topic.year, topic.dated) == ("Pain", 2026, "host")
