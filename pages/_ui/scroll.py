"""What the browser itself does with the chat, for which there is no widget.

- A new message is brought to the top, so that an answer is read from its beginning. Streamlit
  scrolls a chat to its end: of a long answer one would see the last lines, of an urgent card not
  its heading.
- A screen reader is told when work begins and how the answer starts, not every redrawn word.
- On a phone the return key of the keyboard makes a new line; the arrow button sends. Half a message
  is not sent by a slip.
- The open conversation is named as the current one; choosing another closes the phone's side bar.
"""

import streamlit as st

_HTML = """
<div role="status" aria-live="polite"></div>
"""
_CSS = """
div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_JS = """
export default function ({ data, parentElement }) {
  const state = (window.carethread ??= { newest: undefined, thread: null, isRunning: false });
  const status = parentElement.querySelector("[role=status]");
  const log = document.querySelector(".st-key-conversation");
  log?.setAttribute("role", "log");
  log?.setAttribute("aria-label", "Conversation");
  log?.setAttribute("aria-live", "off");
  document.querySelectorAll('[aria-current="true"]').forEach((was) => {
    was.removeAttribute("aria-current");
  });
  document.querySelector(".st-key-open-thread button")?.setAttribute("aria-current", "true");

  const isTouch = window.matchMedia("(pointer: coarse)").matches;
  const box = document.querySelector('[data-testid="stChatInputTextArea"]');
  if (isTouch) box?.setAttribute("enterkeyhint", "enter");
  if (!state.isGuarded) {
    state.isGuarded = true;
    window.addEventListener("keydown", (event) => {
      const isBox = event.target.dataset?.testid === "stChatInputTextArea";
      if (event.key === "Enter" && isBox && window.matchMedia("(pointer: coarse)").matches) {
        event.stopPropagation();
      }
    }, true);
  }

  const isFirst = state.thread === null;
  const isOther = state.thread !== data.thread;
  if (isOther && !isFirst && window.innerWidth < 768) {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
  const isNew = state.newest !== data.newest;
  const isDone = !data.isRunning && (isNew || state.isRunning);
  Object.assign(state, data);
  const [asked, answer] = [...document.querySelectorAll('[data-testid="stChatMessage"]')].slice(-2);
  if (!answer || isFirst || isOther) {
    status.textContent = "";
  } else if (isDone) {
    const words = answer.querySelectorAll('[data-testid="stMarkdownContainer"] > *');
    const start = [...words].map((e) => e.textContent).join(" ").slice(0, 400);
    setTimeout(() => { status.textContent = "Answer: " + start; }, 100);
  } else if (isNew) {
    status.textContent = "Working on your answer.";
  }
  // Streamlit follows an answer to its end as it is drawn: its beginning is shown once more.
  if (!isNew && !isDone) return;
  const calm = isFirst || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Twice: parts of an answer that are drawn late push its beginning away.
  for (const ms of [350, 1100]) setTimeout(() => {
    const place = asked ?? document.querySelector(".st-key-welcome");
    const bar = document.querySelector('[data-testid="stHeader"]');
    if (!place) return;
    place.style.scrollMarginTop = (bar?.offsetHeight ?? 0) + 8 + "px";
    place.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }, ms);
}
"""


def mind_the_chat(*, thread: str, newest: str, is_running: bool) -> None:
    """Put the browser's own part of the chat to work; draw it last.

    Args:
        thread: Id of the open thread.
        newest: Id of its newest turn; empty while there is none.
        is_running: Whether that turn's answer is still being made.
    """
    mind = st.components.v2.component("carethread_chat", html=_HTML, css=_CSS, js=_JS)
    mind(key="mind-the-chat", data={"thread": thread, "newest": newest, "isRunning": is_running})
