"""Runs turns in the background, so that a click, a refresh or a second tab never stops one."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

from chains.accept import accept
from chains.errors import BusyError
from chains.events import StageStarted, TurnEvent, Waiting
from chains.services import Services
from chains.turn import run_turn
from chains.warm_up import read_rules
from memory.records import NewEvent, Thread, Turn


class TurnWorker:
    """A bounded pool of the process; turns of one thread run one after the other."""

    def __init__(self, services: Services) -> None:
        """Start with no turn running."""
        settings = services.settings
        self.services = services
        """The shared parts, for whoever draws."""
        self._pool = ThreadPoolExecutor(settings.workers, thread_name_prefix="turn")
        self._places = threading.BoundedSemaphore(settings.max_waiting_turns)
        self._lock = threading.Lock()
        self._last: dict[str, Future[None]] = {}
        self._running: dict[str, Future[None]] = {}
        self._stopped: set[str] = set()

    def submit(self, typed: str, thread: Thread) -> Turn:
        """Store a message and run its turn; gives back at once.

        Raises:
            MessageRefusedError: The message cannot be taken; the text says what to do.
            BusyError: Too many turns are waiting.
            StoreError: The message could not be stored.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError("Many people are writing just now; please send it again in a moment.")
        try:
            turn = accept(typed, thread, self.services)
            self._queue(turn, thread)
        except BaseException:
            self._places.release()
            raise
        return turn

    def wait(self, turn_id: str, *, timeout_s: float) -> bool:
        """Wait for a turn to end; False when it takes longer."""
        with self._lock:
            future = self._running.get(turn_id)
        if future is None:
            return True
        return bool(wait([future], timeout=timeout_s).done)

    def stop(self, turn_id: str) -> None:
        """Ask a running turn to stop; it ends at its next step."""
        with self._lock:
            if turn_id in self._running:
                self._stopped.add(turn_id)

    def close(self) -> None:
        """Let the running turns end, take no more."""
        self._pool.shutdown(wait=True, cancel_futures=False)

    def _queue(self, turn: Turn, thread: Thread) -> None:
        with self._lock:
            before = self._last.get(thread.thread_id)
            future = self._pool.submit(self._run, turn, thread, before)
            self._last[thread.thread_id] = self._running[turn.turn_id] = future
        future.add_done_callback(lambda done: self._done(thread.thread_id, turn.turn_id, done))

    def _done(self, thread_id: str, turn_id: str, future: Future[None]) -> None:
        self._places.release()
        with self._lock:
            self._stopped.discard(turn_id)
            self._running.pop(turn_id, None)
            if self._last.get(thread_id) is future:
                del self._last[thread_id]

    def _run(self, turn: Turn, thread: Thread, before: Future[None] | None) -> None:
        read_rules()  # at once, but right after a start
        if before is not None:
            before.exception()  # waits; how the turn before ended is its own matter
        events = run_turn(turn, thread, self.services)
        try:
            self._store(events, turn, thread)
        finally:
            events.close()  # a stopped turn is ended as interrupted

    def _store(self, events: Iterator[TurnEvent], turn: Turn, thread: Thread) -> None:
        """Append events; the starts of steps wait for the next one, to spare transactions."""
        waiting: list[NewEvent] = []
        for event in events:
            if not isinstance(event, Waiting):
                waiting.append(NewEvent(kind=event.type, payload=event.model_dump_json()))
            if waiting and not isinstance(event, StageStarted | Waiting):
                self._append(waiting, turn, thread)
                waiting = []
            with self._lock:
                if turn.turn_id in self._stopped:
                    break
        if waiting:
            self._append(waiting, turn, thread)

    def _append(self, events: list[NewEvent], turn: Turn, thread: Thread) -> None:
        self.services.store.append_events(thread.person_id, turn.turn_id, events=events)
