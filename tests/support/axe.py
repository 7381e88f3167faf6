"""Holding a page against axe-core's rules for accessible pages."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PATIENCE_MS, SETTLED_MS = 60_000, 500
GRAVE = ("serious", "critical")


def assert_no_serious_violations(page):
    """Fail with what axe-core finds serious or critical, each with the elements it is about."""
    # What is being drawn anew is faded for a moment.
    ready = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(ready).to_be_visible(timeout=PATIENCE_MS)
    # Streamlit's toasts fade away; while they do, the name of their dialog is gone already.
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLED_MS)
    found = Axe().run(page).response["violations"]
    grave = [
        f"{v['id']} ({v['impact']}): {v['help']}\n"
        + "\n".join(f"  {node['html'][:200]}\n    {node['failureSummary']}" for node in v["nodes"])
        for v in found
        if v["impact"] in GRAVE
    ]
    assert grave == [], "\n".join(grave)
