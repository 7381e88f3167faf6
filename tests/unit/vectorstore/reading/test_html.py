from vectorstore.reading.read import read_file

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Caps | Institute</title>
<meta property="og:title" content="Scalp cooling caps">
<meta name="dcterms.publisher" content="Cancer Institute">
<meta name="dcterms.modified" content="2024-03-05">
<link rel="license" href="https://creativecommons.org/publicdomain/zero/1.0/">
<link rel="canonical" href="https://www.cancer.gov/caps">
<script>var tracked = "never shown";</script></head><body>
<header><a href="/">Institute</a> Search our site</header>
<nav><ul><li>Home</li><li>About us</li></ul></nav>
<div class="cookie-banner">We use cookies</div>
<main><h1>Scalp cooling caps</h1>
<div class="breadcrumbs">Home &gt; Care</div>
<p>Cooling caps can <b>keep</b> some <a href="/hair">hair</a>\u2019s roots alive.</p>
<h2>Who they suit</h2><ul><li>Most people<ul><li>also older ones</li></ul></li></ul>
<table><tr><th>Drug</th><th>Hair kept</th></tr><tr><td>Docetaxel</td><td>half</td></tr></table>
<aside>Related: wigs</aside><p hidden>not shown</p><!-- a remark --></main>
<footer>Contact us</footer></body></html>"""


def test_main_content_alone_in_its_order(tmp_path):
    (tmp_path / "p.html").write_text(PAGE.replace("{charset}", "utf-8"), encoding="utf-8")
    reading = read_file(tmp_path / "p.html")
    assert [(b.level, b.text) for b in reading.blocks] == [
        (1, "Scalp cooling caps"),
        (0, "Cooling caps can keep some hair\u2019s roots alive."),
        (2, "Who they suit"),
        (0, "Most people"),
        (0, "also older ones"),
        (0, "Drug: Docetaxel; Hair kept: half"),
    ]
    assert reading.stated == {
        "title": "Scalp cooling caps",
        "publisher": "Cancer Institute",
        "reviewed": "2024-03-05",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "url": "https://www.cancer.gov/caps",
    }


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path):
    page = PAGE.replace("{charset}", "windows-1252")
    (tmp_path / "p.htm").write_bytes(page.encode("windows-1252"))
    texts = [block.text for block in read_file(tmp_path / "p.htm").blocks]
    assert "Cooling caps can keep some hair\u2019s roots alive." in texts


def test_a_page_without_main_is_read_without_its_frame(tmp_path):
    page = "<body><header>Site name</header><div id=menu>Home</div><p>One. <p>Two.</body>"
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    assert [block.text for block in read_file(tmp_path / "p.html").blocks] == ["One.", "Two."]
