"""Features: what can be made of the data's inputs, offered where the network takes them in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gradgui.document.experiment import Experiment
from gradgui.gui.data.feature_bar import possible
from gradgui.session.snapshot import DataView
from gradgui.wiring.desk import Desk

MOST_INPUTS, FEWEST = 2, 10
"""More inputs than fit under their column, or a few examples worked by hand, have their features in the sheet only."""


class FeatureWires(QObject):
    """Tells the network pane which features there are and which are in force."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data: DataView | None = None
        desk.session.data_changed.connect(self._take_data)
        desk.session.document_changed.connect(self._show)

    @Slot(object)
    def _take_data(self, data: DataView) -> None:
        self._data = data
        if self._desk.session.experiment is not None:
            self._show(self._desk.session.experiment)

    @Slot(object)
    def _show(self, experiment: Experiment) -> None:
        data, pane = self._data, self._desk.views.network
        if data is None or len(data.features) > MOST_INPUTS or len(data.inputs) < FEWEST:
            pane.offer_features((), (), ())
            return
        offered = possible(data.features)
        if offered == data.features:
            offered = ()
        pane.offer_features(offered, experiment.features or data.features, data.features)
