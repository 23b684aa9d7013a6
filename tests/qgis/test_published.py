"""The window of published weights, opened by its button; a stand-in has them, or cannot reach them."""

from __future__ import annotations

import json

import pytest
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QFileDialog

WAIT_MS = 300_000
URL = "https://authors.example/net.pth"
WEIGHTS = [
    {"name": "first_x4", "title": "First x4, the authors' weights", "there": True},
    {"name": "second_x4", "title": "Second x4, the authors' weights", "there": False},
]
FACTS = {"licence": "MIT", "training_data": "photographs", "source": "https://authors.example", "url": URL}


@pytest.fixture
def fetched(stand_in, monkeypatch, tmp_path):
    """Says what `models get` is to answer; gives the words of its calls."""
    calls, answer = tmp_path / "calls", tmp_path / "answer"
    monkeypatch.setenv("STAND_IN_PUBLISHED", json.dumps([w | FACTS for w in WEIGHTS]))
    leader = 'if [ "$1" = -c ]; then shift 3; fi'  # commands lead a group: -c, the leader, the interpreter, its words
    get = f'[ "$3" != models ] || {{ echo "$*" >> "{calls}"; cat "{answer}"; exit $(cat "{answer}.code"); }}'
    monkeypatch.setenv("RS_SR_PYTHON", stand_in.script("fetches", leader, get))

    def says(code: int, **said) -> None:
        answer.write_text(json.dumps(said))
        (tmp_path / "answer.code").write_text(str(code))

    says.calls = lambda: calls.read_text().splitlines() if calls.exists() else []
    return says


@pytest.fixture
def in_window(dock, qtbot):
    """Presses the button and does something in the window that opens; closes it then."""

    def do(act) -> None:
        found = []

        def inside() -> None:
            window = QApplication.activeModalWidget()
            if window is None:
                QTimer.singleShot(20, inside)
                return
            try:
                qtbot.waitUntil(lambda: window.list.count() == 2, timeout=WAIT_MS)
                act(window)
                found.append(True)
            finally:
                window.reject()

        QTimer.singleShot(20, inside)
        qtbot.mouseClick(dock.form.more.weights, Qt.MouseButton.LeftButton)
        assert found

    return do


def get(window, qtbot) -> str:
    window.list.setCurrentRow(1)
    qtbot.mouseClick(window.get, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.get.isEnabled() or "in the list" in window.said.text(), timeout=WAIT_MS)
    return window.said.text()


def test_the_licence_is_shown_before_anything_is_fetched(fetched, in_window, qtbot):
    fetched(0, added="second_x4_published")

    def look(window) -> None:
        window.list.setCurrentRow(0)
        assert window.list.item(0).text().endswith("(there already)") and not window.get.isEnabled()
        window.list.setCurrentRow(1)
        assert "Licence: MIT. Trained on photographs." in window.facts.text() and fetched.calls() == []
        assert get(window, qtbot) == "Second x4, the authors' weights is in the list of models.".replace("'", "&#x27;")

    in_window(look)
    assert fetched.calls() == ["-m rs_sr models get second_x4 --json"]


def test_without_a_network_the_file_is_taken_from_elsewhere(fetched, in_window, qtbot, monkeypatch):
    fetched(4, error={"problem": f"{URL} could not be fetched: no route", "cure": "give it with --from FILE"})

    def try_twice(window) -> None:
        said = get(window, qtbot)
        assert said.startswith("Second x4, the authors&#x27; weights could not be fetched: no route. Fetch <a")
        assert URL in said and "--from" not in said
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: ("/carried/net.pth", ""))
        fetched(0, added="second_x4_published")
        qtbot.mouseClick(window.file, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "in the list of models" in window.said.text(), timeout=WAIT_MS)

    in_window(try_twice)
    assert fetched.calls()[1] == "-m rs_sr models get second_x4 --json --from /carried/net.pth"


def test_what_cannot_be_started_is_told(fetched, in_window, qtbot, monkeypatch):
    def without_backend(window) -> None:
        monkeypatch.setenv("RS_SR_PYTHON", "/no/python")
        window.list.setCurrentRow(1)
        qtbot.mouseClick(window.get, Qt.MouseButton.LeftButton)
        assert window.said.text().startswith("/no/python cannot be started")

    in_window(without_backend)
