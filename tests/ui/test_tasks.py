"""The two runners: where jobs run, where answers arrive, and what becomes of failures."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions

from app.domain.problem import Problem, Refused
from app.ui.tasks import TaskRunner


class Heard:
    """What a presenter was told, and on which thread."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.problems: list[Problem] = []
        self.threads: list[QThread] = []
        self.steps: list[tuple[int, int, str]] = []

    def done(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(QThread.currentThread())

    def failed(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.threads.append(QThread.currentThread())

    def moved(self, done: int, total: int, text: str) -> None:
        self.steps.append((done, total, text))


def test_a_job_runs_elsewhere_and_answers_on_the_gui_thread(store, qtbot):
    heard = Heard()

    store.run(threading.get_ident, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: bool(heard.answers))

    assert heard.answers != [threading.get_ident()]
    assert heard.threads == [QApplication.instance().thread()]


def test_jobs_run_one_after_the_other_on_one_thread(store, qtbot):
    heard = Heard()
    order: list[int] = []

    for number in range(20):
        store.run(lambda n=number: order.append(n), done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: len(heard.answers) == 20)

    assert order == list(range(20))


def test_an_expected_failure_reaches_the_screen_as_it_was_raised(store, qtbot):
    heard = Heard()
    refusal = Refused("不行。", do="再来。", code="T-01")

    store.run(raiser(refusal), done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: bool(heard.problems))

    assert heard.problems == [refusal]


def test_a_bug_unlocks_the_form_and_still_reaches_the_excepthook(store, qtbot):
    heard = Heard()

    with capture_exceptions() as caught:
        store.run(raiser(ZeroDivisionError()), done=heard.done, failed=heard.failed)
        qtbot.waitUntil(lambda: bool(heard.problems))

    assert heard.problems[0].code == "X-01"
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_a_counted_job_tells_its_steps_and_stops_when_asked(work, qtbot):
    heard = Heard()
    begun = threading.Event()

    def count(steps):
        steps.at(1, 14, "第 1 条")
        begun.wait(5)
        return steps.stopped

    stop = work.run_counted(count, moved=heard.moved, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: bool(heard.steps))
    stop.stop()
    begun.set()
    qtbot.waitUntil(lambda: bool(heard.answers))

    assert heard.steps == [(1, 14, "第 1 条")]
    assert heard.answers == [True]


def test_the_work_thread_reaches_the_store_thread_and_waits_there(store, work, qtbot):
    heard = Heard()

    def ask_the_store() -> tuple[int, int]:
        return threading.get_ident(), store.call(threading.get_ident)

    work.run(ask_the_store, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: bool(heard.answers))

    here, there = heard.answers[0]
    assert here != there


def test_the_gui_thread_may_not_wait_for_a_job(store):
    with pytest.raises(RuntimeError, match="never waits"):
        store.call(threading.get_ident)


def test_a_closed_runner_answers_nobody(store, qtbot):
    heard = Heard()
    held = threading.Event()
    store.run(held.wait, done=heard.done, failed=heard.failed)
    store.run(threading.get_ident, done=heard.done, failed=heard.failed)
    held.set()

    store.close()
    QCoreApplication.processEvents()
    store.run(threading.get_ident, done=heard.done, failed=heard.failed)

    assert heard.answers == []


def test_the_last_reference_to_a_screen_is_dropped_on_the_gui_thread(store, qtbot):
    died_on: list[int] = []
    held = threading.Event()
    screen = Screen(died_on)
    seen = weakref.ref(screen)
    store.run(screen.job(held), done=screen.done, failed=screen.failed)

    del screen
    held.set()
    qtbot.waitUntil(lambda: seen() is None)

    assert died_on == [threading.get_ident()]


class Screen(QWidget):
    """Notes on which thread it goes."""

    def __init__(self, died_on: list[int]) -> None:
        super().__init__()
        self._died_on = died_on

    def job(self, held: threading.Event):
        def wait() -> Screen:
            held.wait(5)
            return self

        return wait

    def done(self, _answer: object) -> None:
        pass

    def failed(self, _problem: Problem) -> None:
        pass

    def __del__(self) -> None:
        self._died_on.append(threading.get_ident())


def raiser(error: Exception):
    def job() -> None:
        raise error

    return job


def test_a_runner_is_freed_when_it_is_closed(look):
    runner = TaskRunner("short")
    seen = weakref.ref(runner)

    runner.close()
    del runner
    gc.collect()

    assert seen() is None
