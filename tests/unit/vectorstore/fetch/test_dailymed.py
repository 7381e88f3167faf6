# ruff: noqa: E501 - the host's own forms, line by line
import json

from tests.unit.vectorstore.fetch.conftest import Answer
from vectorstore.fetch.dailymed import DailyMed

BRAND, GENERIC, OTHER = (f"{n}a550c33-456a-4833-814e-8591aea7c688" for n in "123")
V2 = "/dailymed/services/v2"


def _section(code, title, text, inner=""):
    return f"""<component><section ID="LINK_{code}"><id root="3cfe0fa8-01aa-4837-a822-f3fb1fc32a22"/>
<code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="X"/><title>{title}</title>
<text>{text}</text><effectiveTime value="20250201"/>{inner}</section></component>"""


SPL = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="spl.xsl" type="text/xsl"?>
<document xmlns="urn:hl7-org:v3"><id root="doc"/><code code="34391-3" displayName="HUMAN PRESCRIPTION DRUG LABEL"/>
<effectiveTime value="20250228"/><setId root="{
    BRAND
}"/><versionNumber value="7"/><component><structuredBody>
<component><section><code code="48780-1"/><subject><manufacturedProduct><manufacturedProduct><name>Verzenio</name>
<asEntityWithGeneric><genericMedicine><name>abemaciclib</name></genericMedicine></asEntityWithGeneric>
</manufacturedProduct></manufacturedProduct></subject></section></component>
{
    _section(
        "34067-9",
        "1 INDICATIONS",
        "<paragraph>For <content styleCode='italics'>early</content> breast cancer.</paragraph>",
    )
}
{
    _section(
        "34073-7",
        "7 DRUG INTERACTIONS",
        "",
        _section("42229-5", "7.1 Effect of others", "<list><item>Avoid ketoconazole.</item></list>")
        + _section(
            "42229-5",
            "7.2 Table",
            "<table><tbody><tr><td>Drug</td><td>Effect</td></tr></tbody></table>",
        ),
    )
}
{
    _section(
        "43684-0",
        "8 USE IN SPECIFIC POPULATIONS",
        "",
        _section("42228-7", "8.1 Pregnancy", "<paragraph>It can harm an unborn baby.</paragraph>"),
    )
}
{_section("43680-8", "12.4 PHARMACOLOGY", "<paragraph>Half-life.</paragraph>")}
</structuredBody></component></document>"""


def _serve(host, labels, documents):
    rows = [
        {"spl_version": 7, "published_date": day, "title": title, "setid": set_id}
        for set_id, day, title in labels
    ]
    meta = {"db_published_date": "Nov 25, 2026", "total_elements": len(rows), "current_page": 1}
    host.answers = {f"{V2}/spls.json": Answer(json.dumps({"data": rows, "metadata": meta}))}
    host.answers |= {f"{V2}/spls/{set_id}.xml": answer for set_id, answer in documents.items()}
    return DailyMed(["abemaciclib"], base_url=host.url + V2)


LABELS = [
    (GENERIC, "Jan 02, 2026", "ABEMACICLIB TABLET [A MAKER]"),
    (BRAND, "Feb 28, 2025", "VERZENIO (ABEMACICLIB) TABLET [ELI LILLY AND COMPANY]"),
    (OTHER, "Mar 01, 2026", "SOUNDS (ALIKE WHOLE) SOLUTION [DNA LABS, INC.]"),
]


def test_the_brands_label_is_kept_with_what_a_patient_needs(host, fetch, front_matter):
    outcome, shelf, _ = fetch(_serve(host, LABELS, {BRAND: Answer(SPL)}))
    assert (outcome.fetched, outcome.status) == (1, 0)
    assert shelf["Abemaciclib (Verzenio): US label"] == {
        "What it is for": "For early breast cancer.",
        "Interactions": "7.1 Effect of others Avoid ketoconazole. 7.2 Table Drug; Effect",
        "Pregnancy": "It can harm an unborn baby.",
    }
    front = front_matter("dailymed", f"abemaciclib-{BRAND}")
    assert (front["year"], front["kind"]) == (2025, "label")
    assert front["url"] == f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={BRAND}"


def test_a_label_without_sections_broken_xml_and_no_label_are_told(host, fetch):
    bare = SPL.replace("34067-9", "1-1").replace("34073-7", "1-2").replace("42228-7", "1-3")
    for answer, told_so in ((bare, "none of the sections"), (SPL[:-40], "not readable XML")):
        outcome, shelf, told = fetch(_serve(host, LABELS, {BRAND: Answer(answer)}))
        assert (outcome.failed, outcome.status, shelf) == (1, 1, {})
        assert told_so in told
    outcome, _, told = fetch(_serve(host, [], {}))
    assert (outcome.status, "no label under this name" in told) == (1, True)
