"""Copying a text by one click. Streamlit has no widget for it but the corner of a code block."""

import streamlit as st

_HTML = """
<button type="button"><span class="icon" aria-hidden="true">content_copy</span>Copy</button>
<span class="said" role="status"></span>
"""
_CSS = """
:host { display: block; }
button {
  display: inline-flex; align-items: center; gap: 0.35rem; min-height: 2.5rem;
  padding: 0 0.4rem; border: 0; border-radius: var(--st-button-radius, 0.5rem);
  background: transparent; color: var(--st-text-color);
  font-family: var(--st-font); font-size: 0.875rem; cursor: pointer;
}
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
.icon {
  font-family: "Material Symbols Rounded"; font-size: 1.1rem; line-height: 1;
  font-feature-settings: "liga"; text-transform: none; white-space: nowrap; overflow: hidden;
  width: 1.1rem;
}
.said {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
"""
# On a page that was not loaded over HTTPS browsers keep the clipboard to themselves; the old way
# still works there.
_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector(".said");
  const icon = parentElement.querySelector(".icon");
  const oldWay = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    button.focus();
    return isDone;
  };
  button.onclick = async () => {
    let isDone = false;
    try {
      await navigator.clipboard.writeText(data);
      isDone = true;
    } catch {
      isDone = oldWay(data);
    }
    icon.textContent = isDone ? "check" : "error";
    button.lastChild.textContent = isDone ? "Copied" : "Not copied";
    said.textContent = isDone ? "Copied" : "This browser does not let me copy.";
    setTimeout(() => {
      icon.textContent = "content_copy";
      button.lastChild.textContent = "Copy";
      said.textContent = "";
    }, 2500);
  };
}
"""


def draw_copy(text: str, key: str) -> None:
    """A button that copies a text; it shows nothing of it."""
    copy = st.components.v2.component("carethread_copy", html=_HTML, css=_CSS, js=_JS)
    copy(key=key, data=text, width="content")
