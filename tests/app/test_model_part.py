"""The switch that keeps messages here, and what left, as the page draws them."""

from uuid import uuid4

from streamlit.testing.v1 import AppTest

from chains.model.consent import agree, consent_of, keep_local
from chains.worker import TurnWorker
from tests.support.model_server import model_server
from tests.support.with_model import with_model


def _page(services, thread):
    """Runs in the page's own process of thought: it may use nothing but its arguments."""
    from pages._ui.model import draw_consent, draw_what_left

    draw_consent(services, thread.person_id)
    draw_what_left(services, thread)


def _drawn(services, thread):
    said = {"services": services, "thread": thread}
    return AppTest.from_function(_page, kwargs=said, default_timeout=60).run()


def test_nothing_leaves_until_the_switch_is_turned_and_then_it_can_be_read(services):
    with model_server() as server:
        away = with_model(services, server.url.replace("127.0.0.1", "model.invalid"))
        here = with_model(services, server.url)
        name = f"page-{uuid4().hex}"
        thread = away.store.ensure_thread(name, name)
        page = _drawn(away, thread)
        assert page.toggle[0].value is True
        assert (
            "model.invalid" in page.caption[0].value and "nothing leaves" in page.caption[0].value
        )
        page.toggle[0].set_value(False).run()
        assert consent_of(away.store, name, away.model.parts.client.endpoint).choice == "agreed"
        assert [box.label for box in page.expander] == ["Language model"]

        keep_local(away.store, name)  # in another tab
        page.run()
        assert page.toggle[0].value is True
        agree(away.store, name, away.model.parts.client.endpoint)

        worker = TurnWorker(here)
        turn = worker.submit("What helps with hot flashes?", thread)
        assert worker.wait(turn.turn_id, timeout_s=120)
        worker.close()
        page = _drawn(here, thread)
        shown = "\n".join(code.value for code in page.code)
        assert server.asked() and server.asked()[0].strip() == shown.strip()
        here.model.parts.client.close()


def test_without_a_model_nothing_is_drawn(services):
    thread = services.store.ensure_thread("nobody", f"t-{uuid4().hex}")
    assert not _drawn(services, thread).expander
