"""The chat held against axe-core: empty and with an answer, both sizes, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.acting import DESKTOP, PHONE, messages, visit, write
from tests.support.axe import assert_no_serious_violations


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_chat_has_no_serious_violation(new_browser, server, size, scheme):
    page = visit(new_browser(**size, color_scheme=scheme), server)
    assert_no_serious_violations(page)
    write(page, "I take letrozole. What helps against joint pain?")
    assert_no_serious_violations(page)
    answer = messages(page).last
    answer.get_by_text("Why this answer").click()
    expect(answer.get_by_label("I read your question as")).to_be_visible()
    answer.get_by_text("Sources (").click()
    answer.get_by_text("Sources (").scroll_into_view_if_needed()
    assert_no_serious_violations(page)
    if size is PHONE:
        page.get_by_test_id("stExpandSidebarButton").click()
        assert_no_serious_violations(page)
