# ruff: noqa: E501 - the host's own forms, line by line
import json

import pytest

from tests.unit.vectorstore.fetch.conftest import Answer
from vectorstore.fetch.pubmed import PubMed

EFETCH, ESEARCH = "/efetch.fcgi", "/esearch.fcgi"
HEAD = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
"""


def _search(*numbers):
    found = {"count": str(len(numbers)), "retmax": "50", "retstart": "0", "idlist": list(numbers)}
    return Answer(json.dumps({"header": {"type": "esearch"}, "esearchresult": found}))


ABSTRACT = """<Abstract>
<AbstractText Label="METHODS" NlmCategory="METHODS">We randomly assigned 426 women with <i>early</i> disease.</AbstractText>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">Arm volume fell more with exercise (P&lt;0.01).</AbstractText>
</Abstract>"""


def _article(
    pmid, *, abstract=ABSTRACT, types=("Journal Article",), mesh=("Humans",), pmc="", year=2021
):
    types = "".join(f'<PublicationType UI="D016428">{t}</PublicationType>' for t in types)
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">{m}</DescriptorName></MeshHeading>'
        for m in mesh
    )
    pmc = f'<ArticleId IdType="pmc">{pmc}</ArticleId>' if pmc else ""
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1533-4406</ISSN><JournalIssue CitedMedium="Internet">
<PubDate><Year>{year}</Year><Month>Jul</Month></PubDate></JournalIssue><Title>A Journal of Oncology</Title></Journal>
<ArticleTitle>Paper {pmid} on <sup>a</sup>rm swelling.</ArticleTitle>{abstract}
<PublicationTypeList>{types}</PublicationTypeList></Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{pmc}</ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="pmc">PMC999</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>"""


def _set(*articles):
    return Answer(f"{HEAD}<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>")


def _jats(number, licence):
    return Answer(f"""<?xml version="1.0" ?><pmc-articleset><article xmlns:xlink="http://www.w3.org/1999/xlink"
xmlns:ali="http://www.niso.org/schemas/ali/1.0/" article-type="research-article"><front><article-meta>
<article-id pub-id-type="pmc">{number}</article-id><title-group><article-title>T</article-title></title-group>
<permissions><license><ali:license_ref>{licence}</ali:license_ref><license-p>Open access.</license-p></license></permissions>
</article-meta></front><body><sec><title>Discussion</title><p>Whole words of the text
[<xref ref-type="bibr" rid="B1">1</xref>, <xref ref-type="bibr" rid="B2">2</xref>].</p>
<table-wrap><table><tr><td>cells</td></tr></table></table-wrap>
<sec><title>Limits</title><p>Few people took part.</p></sec></sec></body></article></pmc-articleset>""")


def _serve(host, articles, full=None):
    """efetch of both databases; papers that were asked for, in the order of the set."""

    def efetch(request):
        if request.query["db"] == "pmc":
            return (full or {}).get(request.query["id"], Answer("<pmc-articleset/>"))
        found = [articles[n] for n in request.query["id"].split(",") if n in articles]
        broken = next((a for a in found if isinstance(a, Answer)), None)
        return broken or _set(*found)

    host.answers = {ESEARCH: _search(*articles), EFETCH: efetch}


def _text(sections):
    return " ".join(sections.values())


def test_a_paper_is_kept_with_its_design_size_year_and_in_whom_it_was(host, fetch, front_matter):
    trial = ("Journal Article", "Randomized Controlled Trial")
    _serve(
        host, {"111": _article(111, types=trial), "222": _article(222, mesh=("Animals", "Mice"))}
    )
    outcome, shelf, _ = fetch(PubMed("arm swelling", base_url=host.url, email="op@example.org"))
    assert (outcome.fetched, outcome.status, len(shelf)) == (2, 0, 2)
    front = front_matter("pubmed", "pmid-111")
    kept = {k: front[k] for k in ("kind", "design", "size", "in_people", "year", "licence")}
    assert kept == {
        "kind": "trial",
        "design": "randomized controlled trial",
        "size": 426,
        "in_people": "yes",
        "year": 2021,
        "licence": "facts only",
    }
    assert front["url"] == "https://pubmed.ncbi.nlm.nih.gov/111/"
    assert front_matter("pubmed", "pmid-222")["kind"] == "laboratory"
    text = _text(shelf["Paper 111 on arm swelling."])
    assert "426 women with early disease." in text
    assert "(P<0.01)" in text
    assert all(r.query["tool"] == "CareThread" for r in host.asked())
    assert all(r.query["email"] == "op@example.org" for r in host.asked())
    assert len(host.asked(EFETCH)) == 1


@pytest.mark.parametrize(
    ("licence", "kept"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", None),
        ("https://www.elsevier.com/open-access/userlicense/1.0/", None),
    ],
)
def test_full_text_is_kept_only_under_cc_by_or_cc0(host, fetch, front_matter, licence, kept):
    _serve(host, {"111": _article(111, pmc="PMC55")}, {"55": _jats("PMC55", licence)})
    _, shelf, _ = fetch(PubMed("arm swelling", base_url=host.url))
    (article,) = shelf.values()
    front = front_matter("pubmed", "pmid-111")
    assert ("Whole words of the text." in _text(article)) is bool(kept)
    assert ("Few people took part." in _text(article)) is bool(kept)
    assert front["licence"] == (kept or "facts only")
    assert ("pmc.ncbi" in front["url"]) is bool(kept)


def test_the_full_text_of_another_paper_is_not_taken(host, fetch):
    other = _jats("PMC56", "https://creativecommons.org/licenses/by/4.0/")
    _serve(host, {"111": _article(111, pmc="PMC55")}, {"55": other})
    _, shelf, _ = fetch(PubMed("arm swelling", base_url=host.url))
    assert "Whole words" not in _text(next(iter(shelf.values())))


def test_no_abstract_a_retraction_and_broken_xml_leave_the_others_whole(host, fetch):
    articles = {
        "111": _article(111),
        "222": _article(222, abstract=""),
        "333": _article(333, types=("Journal Article", "Retracted Publication")),
        "444": Answer("<PubmedArticleSet><PubmedArticle>"),
    }
    _serve(host, articles)
    outcome, shelf, told = fetch(PubMed("arm swelling", base_url=host.url))
    assert (outcome.fetched, outcome.left_out, outcome.failed, outcome.status) == (1, 2, 1, 1)
    assert list(shelf) == ["Paper 111 on arm swelling."]
    assert "PMID 222: has no abstract" in told
    assert "PMID 333: was retracted" in told
    assert "PMID 444: is not readable XML" in told


def test_a_paper_that_was_retracted_since_goes_from_the_shelf(host, fetch):
    _serve(host, {"111": _article(111)})
    assert len(fetch(PubMed("arm swelling", base_url=host.url))[1]) == 1
    _serve(host, {"111": _article(111, types=("Retracted Publication",))})
    assert len(fetch(PubMed("arm swelling", base_url=host.url))[1]) == 0


def test_entities_of_a_document_are_never_loaded(host, fetch, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a file of this machine")
    body = _set(
        _article(111, abstract="<Abstract><AbstractText>Seen &x; here.</AbstractText></Abstract>")
    ).body
    attack = f'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    host.answers = {ESEARCH: _search(111), EFETCH: Answer(attack + body.removeprefix(HEAD))}
    _, shelf, _ = fetch(PubMed("arm swelling", base_url=host.url))
    assert "file of this machine" not in str([_text(a) for a in shelf.values()])


def test_a_search_that_finds_nothing_or_cannot_be_read_says_so(host, fetch):
    host.answers = {ESEARCH: [_search(), Answer("<html>busy</html>")]}
    outcome, _, told = fetch(PubMed("xyzzy", base_url=host.url))
    assert (outcome.status, "finds nothing" in told) == (1, True)
    outcome, _, told = fetch(PubMed("xyzzy", base_url=host.url))
    assert (outcome.status, "not readable" in told) == (1, True)
