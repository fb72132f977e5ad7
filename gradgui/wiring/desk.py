"""Everything that a wire may need, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.gui.actions import Actions
from gradgui.gui.curves.pane import CurvesPane
from gradgui.gui.data.pane import DataPane
from gradgui.gui.debugger.pane import DebuggerPane
from gradgui.gui.editor.pane import NetworkPane
from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.main_window import MainWindow
from gradgui.gui.surface.pane import SurfacePane
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.badge import Badge
from gradgui.gui.widgets.said_label import SaidLabel
from gradgui.session.session import Session
from gradgui.session.settings import Settings

TURNS = 6
"""While training is faster than the eye, these views take turns; the neurons are in every picture."""
SURFACE_TURN, DATA_TURN, CURVES_TURN, DEBUGGER_TURN = (0, 3), (1,), (4,), (5,)
EDGES_TURN = (1, 2, 5)
"""The edges come where the picture is not full of a landscape or curves already."""


@dataclass(frozen=True, slots=True)
class Views:
    """The panes and the small words in their corners."""

    network: NetworkPane
    surface: SurfacePane
    data: DataPane
    curves: CurvesPane
    debugger: DebuggerPane
    network_corner: SaidLabel
    surface_corner: Badge


@dataclass(frozen=True, slots=True)
class Desk:
    """The window, its views, the session, and what all of them share."""

    session: Session
    window: MainWindow
    views: Views
    actions: Actions
    speech: Speech
    theme: Theme
    icons: Icons
    settings: Settings
