"""Clinical trials: a search to edit and open, how to search, and what to have at hand."""

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.compose.person import known_of
from chains.compose.writing import plain
from chains.learn.trial_query import MOST_CHARS, TrialQuery, start_from
from chains.services import Services
from memory.records import SELF, Card
from pages._ui import session
from pages._ui.article import draw_section
from pages._ui.learning import ask_button, note, read_button
from pages._ui.start import started

ARTICLE = "clinical-trials"
ASKED = "How do I find a clinical trial?"
SECTIONS = ("how_to_find", "options", "safety", "questions")
AT_HAND = (
    *("diagnosis", "extent", "stage", "metastasis", "biomarker", "medication", "procedure"),
    *("menopausal_status", "age", "comorbidity"),
)


def main() -> None:
    """Draw the page."""
    services = started().services
    person_id = session.person_id()
    thread = session.current_thread(services.store, person_id)
    card = services.store.card(person_id, thread.about)
    st.title("Clinical trials", anchor=False)
    st.write(
        "Trials test new ways to treat breast cancer or to ease its side effects. Here you can set"
        " up a search, and read how to go on from there."
    )
    st.header("Set up a search", anchor=False)
    _draw_search(card, services)
    st.header("What to have at hand", anchor=False)
    _draw_at_hand(card)
    _draw_article(services)


def _draw_search(card: Card, services: Services) -> None:
    start = start_from(known_of(card, services.lexicon), services.lexicon)
    if start.is_from_card:
        whose = "your card" if card.subject == SELF else f"the card of your {card.subject}"
        note(f"Filled in from {whose}. Change or clear any box before you open the search.")
    else:
        note(
            "Your card does not say enough yet to fill this in. Tell the chat about the type and"
            " stage, or write it here."
        )
    query = _draw_fields(start.query)
    st.link_button(
        "Open this search on ClinicalTrials.gov",
        query.url,
        type="primary",
        icon=":material/open_in_new:",
    )
    note(
        "Nothing is sent before you click. The link then carries the words in these boxes, and"
        " nothing else from your card, to ClinicalTrials.gov, a site of the US National Library of"
        " Medicine. Like any website, it also sees your internet address."
    )
    with st.expander("See the whole link", icon=":material/link:"):
        st.code(query.url, language=None, wrap_lines=True)


def _draw_fields(start: TrialQuery) -> TrialQuery:
    """One box for each thing the link carries, with the site's own name for it in brackets."""
    left, right = st.columns(2)
    condition = left.text_input(
        "Cancer (condition or disease)", value=start.condition, max_chars=MOST_CHARS
    )
    terms = right.text_input(
        "Test results (other terms)",
        value=start.terms,
        max_chars=MOST_CHARS,
        placeholder="For example: HER2 low",
        help="Join several with AND. Fewer words find more trials.",
    )
    left, right = st.columns(2)
    treatment = left.text_input(
        "Medicine (intervention or treatment)",
        value=start.treatment,
        max_chars=MOST_CHARS,
        placeholder="Leave empty for any treatment",
        help="Finds trials that test one of these. Clear it to see trials of other treatments.",
    )
    place = right.text_input(
        "Place (location)",
        value=start.place,
        max_chars=MOST_CHARS,
        placeholder="City, state or country",
    )
    is_recruiting = st.checkbox("Only trials that are looking for people now", value=True)
    return TrialQuery(condition, terms, treatment, place, is_recruiting)


def _draw_at_hand(card: Card) -> None:
    facts = [f for kind in AT_HAND for f in card.facts if f.kind == kind and not f.negated]
    if not facts:
        st.write(
            "When the chat knows the diagnosis, test results and medicines, they stand here, ready"
            " for a call to a trial team."
        )
        return
    st.write("What is known so far, for a call to a trial team. Please check it against reports.")
    with st.container(border=True):
        st.markdown("\n".join(f"- {plain(fact_line(fact))}" for fact in facts))


def _draw_article(services: Services) -> None:
    article = services.index.library.articles.get(ARTICLE)
    if article is None:
        return
    for kind in SECTIONS:
        section = article.section(kind)
        if section is not None:
            draw_section(article, section)
    with st.container(horizontal=True):
        read_button(ARTICLE, key="read-trials", label="Read the whole article")
        ask_button(ASKED, key="ask-trials", label="Ask about trials for me")


main()
