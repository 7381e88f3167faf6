"""The PDF is read back with pypdf."""

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from chains.visit.pdf import sheet_pdf
from chains.visit.sheet import SheetPart, VisitSheet

SHEET = VisitSheet(
    title="Visit sheet",
    made_on=date(2026, 11, 30),
    parts=(
        SheetPart("In brief", (("Diagnosis", "breast cancer; stage IV"), ("Allergies", "latex"))),
        SheetPart("Medicines", (("Taking now", "letrozole"), ("Taking now", "ribociclib"))),
        SheetPart("Side effects and symptoms", (("", "fatigue (told Nov 30, 2026)"),)),
    ),
    questions=("May I fly to Zürich?", "Is <b>this</b> & that fine?"),
    notes="Señora Nuñez comes along\n\nçok teşekkürler",
    origin="Told by the patient to a computer program.",
    notice="It is information and not medical advice.",
)


def read(sheet):
    return PdfReader(io.BytesIO(sheet_pdf(sheet)))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_all_of_the_sheet_stands_in_the_file_as_text_with_its_accents():
    told = words(read(SHEET))
    for part in SHEET.parts:
        assert part.title in told
        for line in part.lines:
            assert line[1] in told
    for text in (*SHEET.questions, "Señora Nuñez comes along", SHEET.origin, SHEET.notice):
        assert text in told
    assert "Made on Nov 30, 2026" in told


def test_sheet_is_one_page_of_letter_paper_with_its_fonts_inside():
    reader = read(SHEET)
    (page,) = reader.pages
    assert [round(side) for side in page.mediabox[2:]] == [612, 792]
    fonts = page["/Resources"]["/Font"].values()
    embedded = [f for f in (font.get_object() for font in fonts) if "/FontDescriptor" in f]
    assert embedded
    assert all("/FontFile2" in font["/FontDescriptor"] for font in embedded)


def test_file_tells_nothing_of_the_person_beside_the_sheet():
    told = read(SHEET).metadata
    assert told["/Title"] == "Visit sheet"
    assert told.get("/Author", "") in ("", "anonymous")


def test_full_sheet_is_set_smaller_before_it_takes_a_second_page():
    from dataclasses import replace

    full = replace(SHEET, questions=tuple(f"Question {n} of many?" for n in range(28)))
    assert len(read(full).pages) == 1
    longer = replace(full, notes="\n".join(f"line {n}" for n in range(90)))
    reader = read(longer)
    assert len(reader.pages) > 1
    assert "line 89" in words(reader)


def test_letters_no_font_has_are_marked_and_pictures_left_out():
    from dataclasses import replace

    told = words(read(replace(SHEET, notes="一 well \U0001fae0 done")))
    assert "? well done" in told


def test_a_long_note_in_capitals_goes_on_to_the_next_page():
    note = ("I HAVE BEEN SO TIRED AND MY HANDS HURT WHEN I WAKE UP " * 80)[:4000]
    assert words(read(replace(SHEET, notes=note))).count("HANDS HURT") == note.count("HANDS HURT")
