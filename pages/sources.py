"""Sources and guidelines: the shelf to browse and search, each article with its sources."""

import streamlit as st

from pages._ui import learn_session
from pages._ui.article import draw_article
from pages._ui.shelf import draw_leaflets, draw_shelf
from pages._ui.start import started
from pages._ui.top import show_from_the_top

services = started().services
opened = learn_session.opened_article()
ours = services.index.library.articles

if opened in ours:
    st.button(
        "Back to all sources",
        key="back",
        icon=":material/arrow_back:",
        on_click=learn_session.close_article,
    )
    draw_article(ours[opened])
else:
    st.title("Sources and guidelines", anchor=False)
    st.write(
        "Answers here are put together from these articles. Each of their sentences leads to the"
        " source it was written from, so you can check it yourself."
    )
    articles, leaflets = st.tabs(["Articles", "Guidelines and leaflets"])
    with articles:
        draw_shelf(services)
    with leaflets:
        draw_leaflets(services)
if learn_session.has_turned():
    show_from_the_top()
