"""The guards of conftest.py are guards: each catches what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")


def outcome(pytester: pytest.Pytester, body: str) -> tuple[pytest.RunResult, str]:
    """Run one test module below our conftest, in a process of its own."""
    pytester.makeconftest(CONFTEST)
    program = Path(__file__).parent.parent
    pytester.makeini(f"[pytest]\nqt_api = pyside6\npythonpath = {program}\nmarkers =\n    xvfb: screen\n")
    pytester.makepyfile(body)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-rs")
    return result, result.stdout.str()


def test_a_window_left_behind_fails_its_test(pytester: pytest.Pytester) -> None:
    result, said = outcome(
        pytester,
        """
        kept = []

        def test_leaves_a_window(qapp):
            from PySide6.QtWidgets import QLabel
            kept.append(QLabel("still here"))
            kept[0].show()

        def test_closes_its_window(qtbot):
            from PySide6.QtWidgets import QLabel
            label = QLabel("gone soon")
            qtbot.addWidget(label)
            label.show()

        def test_lets_python_collect_its_window(qapp):
            from PySide6.QtWidgets import QWidget
            widget = QWidget()
            widget.myself = widget
            widget.show()
        """,
    )
    result.assert_outcomes(passed=3, errors=1)
    assert "top-level widgets" in said
    assert "QLabel" in said


def test_a_running_timer_or_thread_fails_its_test(pytester: pytest.Pytester) -> None:
    result, said = outcome(
        pytester,
        """
        kept = []

        def test_leaves_a_timer(qapp):
            from PySide6.QtCore import QTimer
            kept.append(QTimer())
            kept[-1].start(1000)

        def test_leaves_a_thread(qapp):
            from PySide6.QtCore import QThread
            kept.append(QThread())
            kept[-1].start()

        def test_leaves_a_python_thread():
            import threading
            kept.append(threading.Event())
            threading.Thread(target=kept[-1].wait).start()

        def test_tidies_up(qapp):
            from PySide6.QtCore import QThread, QTimer
            timer, thread = QTimer(), QThread()
            timer.start(1000)
            timer.stop()
            thread.start()
            thread.quit()
            thread.wait()

        def test_end():
            kept[-1].set()
            kept[1].quit()
            kept[1].wait()
        """,
    )
    result.assert_outcomes(passed=5, errors=3)
    assert "running QTimers" in said
    assert "running QThreads" in said
    assert "running Python threads" in said


def test_each_test_has_a_home_of_its_own(pytester: pytest.Pytester) -> None:
    result, _ = outcome(
        pytester,
        """
        import pytest

        @pytest.mark.parametrize("turn", [1, 2])
        def test_finds_no_settings_and_leaves_some(turn, qapp):
            from PySide6.QtCore import QSettings, QStandardPaths
            settings = QSettings("gradgui", "test")
            assert settings.value("seen") is None
            settings.setValue("seen", turn)
            settings.sync()
            assert "homes" in settings.fileName()
            place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
            assert "homes" in place
        """,
    )
    result.assert_outcomes(passed=2)


def test_what_needs_a_screen_is_skipped_with_a_reason(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    result, said = outcome(
        pytester,
        """
        import pytest

        @pytest.mark.xvfb
        def test_on_screen():
            assert False
        """,
    )
    result.assert_outcomes(skipped=1)
    assert "xvfb-run" in said


@pytest.mark.xvfb
def test_the_screen_of_these_tests_has_opengl(qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

    assert QGuiApplication.platformName() == "xcb"
    surface = QOffscreenSurface()
    surface.create()
    context = QOpenGLContext()
    assert context.create()
    assert context.makeCurrent(surface)
    assert context.format().majorVersion() >= 2
    context.doneCurrent()
