"""Starting the services behind the first page, which shows how far the start has come."""

import gc
import threading
import time

import streamlit as st

from chains.demonstration.playing import wipe_all, wipe_old
from chains.errors import TurnError
from chains.services import build_services
from chains.settings import load_settings
from chains.warm_up import read_rules, warm_up
from chains.worker import TurnWorker

LOOK_EVERY_S = 0.1


class Start:
    """The start of this process, in a thread of its own; one for all pages."""

    def __init__(self) -> None:
        """Begin."""
        self.done, self.total, self.what = 0, 1, "opening"
        self._is_over = threading.Event()
        self._worker: TurnWorker | None = None
        self._error: TurnError | None = None
        self._thread = threading.Thread(target=self._run, name="start", daemon=True)
        self._thread.start()

    def is_running(self) -> bool:
        """True until the services are there or cannot be."""
        return not self._is_over.is_set()

    def worker(self) -> TurnWorker:
        """The worker, once it is there.

        Raises:
            TurnError: The services could not be built.
        """
        self._is_over.wait()
        if self._worker is None:
            raise self._error or TurnError("The start failed; the server's log says why.")
        return self._worker

    def _run(self) -> None:
        # Beside the index, which mostly waits for a disk.
        threading.Thread(target=read_rules, name="rules", daemon=True).start()
        try:
            services = build_services(load_settings(), self._tell)
            services.store.interrupt_running()
            # Sessions ended with the process: demonstrations in a store of its own are nobody's.
            is_own = services.settings.database_url is None
            wipe_all(services.store) if is_own else wipe_old(services.store)
            self._worker = TurnWorker(services)
        except TurnError as error:
            self._error = error
        finally:
            self._is_over.set()
        if self._worker is not None:
            # While the first person types.
            warm_up(self._worker.services)
        # What is loaded by now stays for good: looking through it after each script run would
        # cost 0.1 s.
        gc.collect()
        gc.freeze()

    def _tell(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, max(total, 1), what


@st.cache_resource(show_spinner=False)
def begin() -> Start:
    """Begin to start this process's services, once; gives back at once."""
    return Start()


def started() -> TurnWorker:
    """The process's worker; while it starts, the page shows a bar.

    Raises:
        TurnError: The services could not be built.
    """
    start = begin()
    if start.is_running():
        bar = st.progress(0.0, "Opening the library ...")
        while start.is_running():
            bar.progress(min(start.done / start.total, 1.0), f"Opening the library: {start.what}")
            time.sleep(LOOK_EVERY_S)
        bar.empty()
    return start.worker()
