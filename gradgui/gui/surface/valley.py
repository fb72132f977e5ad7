"""One parameter only: the loss is a curve, the ball rolls along it, and the gradient is the slope of its tangent."""

from __future__ import annotations

from math import hypot

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from gradgui.gui.surface.ball_marks import BallMarks
from gradgui.gui.surface.labels import loss_ticks
from gradgui.gui.surface.pens import arrows_of
from gradgui.gui.surface.picture import Picture
from gradgui.gui.surface.placement import Placement
from gradgui.gui.surface.plot import SurfacePlot
from gradgui.gui.surface.relief import HEIGHT, Array, Relief
from gradgui.gui.surface.ticks import labels
from gradgui.gui.theme import SURFACE_MOMENTUM, SURFACE_STEP, Size, Theme

_BELOW, _ABOVE = 0.06, 0.1
"""Of the curve's height, left free."""
_TANGENT = 0.3
"""Half the tangent's length, of the picture's width."""
_WIDTH, _FILL = 2.5, 0.10
_PULL, _ROW, _ASIDE, _THIN = 0.7, 17.0, 9.0, 2.5
"""The longest arrow of a sample, of half the picture; pixels between them, to their numbers, and their width."""
_LOSS = "L"


class ValleyView(SurfacePlot):
    """Shows L(w), the ball on it and its tangent; sideways is the parameter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._curve = pg.PlotCurveItem(antialias=True)
        self._marks = ValleyMarks(theme)
        for item in (self._curve, self._marks):
            self.addItem(item)
        self.restyle()

    @property
    def marks(self) -> ValleyMarks:
        """What lies on the curve."""
        return self._marks

    def show_pulls(self, pulls: tuple[float, ...]) -> None:
        """Every sample's own gradient at the ball, as an arrow each; nothing for none."""
        self._marks.show_pulls(pulls)

    def show_picture(self, picture: Picture | None) -> None:
        """Draw this valley."""
        self._picture = picture
        self._curve.setVisible(picture is not None)
        self._marks.show_relief(None if picture is None else picture.relief)
        if picture is None:
            return
        relief = picture.relief
        x0, x1, _, _ = relief.bounds
        self.use_bounds((x0, x1, -_BELOW * HEIGHT, (1 + _ABOVE) * HEIGHT))
        row = np.where(relief.finite[0], relief.height(relief.view.heights[0]), np.nan)
        self._curve.setData(relief.view.xs, row, connect="finite")
        self.getPlotItem().getAxis("left").setTicks([_ticks(relief)])
        self.name_axis("bottom", relief.view.axes[0].label)
        self.name_axis("left", _LOSS)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        super().restyle()
        palette = self._theme.palette
        self.getPlotItem().getViewBox().setBackgroundColor(palette.surface_ground)
        fill = QColor(palette.curve_train)
        fill.setAlphaF(_FILL)
        self._curve.setPen(QColor(palette.curve_train), width=self._theme.px(_WIDTH))
        self._curve.setFillLevel(-1.0)
        self._curve.setBrush(fill)
        if self._picture is not None:
            self.name_axis("bottom", self._picture.relief.view.axes[0].label)
            self.name_axis("left", _LOSS)
        self._marks.update()

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The parameter under a pixel; None beside the plot."""
        place = super().place_at(pixel)
        return None if place is None else (place[0], 0.0)

    def pixel_of(self, x: float) -> QPointF:
        """Where the curve is above a value of the parameter."""
        assert self._picture is not None
        u, _ = self._picture.relief.spot(x, 0.0)
        at = QPointF(x, self._picture.relief.ground_at(u, 0.0))
        return QPointF(self.mapFromScene(self.getPlotItem().getViewBox().mapViewToScene(at)))

    def zoom(self, scale: float, scene: QPointF) -> None:
        """Sideways only: the height always fits."""
        box = self.getPlotItem().getViewBox()
        box.scaleBy((scale, 1.0), box.mapSceneToView(scene))


def _ticks(relief: Relief) -> list[tuple[float, str]]:

    values = loss_ticks(relief)
    return [(float(z), words) for words, z in zip(labels(values), relief.height(np.array(values)), strict=True)]


class ValleyMarks(BallMarks):
    """Ball, path, tangent and arrow, in pixels."""

    _pulls: tuple[float, ...] = ()

    def show_pulls(self, pulls: tuple[float, ...]) -> None:
        """An arrow for each sample."""
        if pulls != self._pulls:
            self._pulls = pulls
            self.update()

    def boundingRect(self) -> QRectF:
        """Called by Qt: the whole plot."""
        if self._relief is None:
            return QRectF()
        x0, x1, _, _ = self._relief.bounds
        return QRectF(x0, -HEIGHT, x1 - x0, 3 * HEIGHT)

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Called by Qt."""
        if self._relief is None:
            return
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placement = self._placement
        if placement is not None:
            for ghost in placement.ghosts:
                self._pens.left_path(painter, self._pixels(to_pixels, ghost))
        if placement is not None and placement.inside:
            self._paint_tangent(painter, to_pixels, placement)
            self._paint_ball(painter, to_pixels, placement)
            self._paint_pulls(painter, to_pixels, placement)
        for runner in self._runners:
            points = self._pixels(to_pixels, runner.path)
            self._pens.runner_path(painter, runner.number, points)
            if runner.here:
                arrows = [
                    (self._pixels(to_pixels, np.add(runner.path[-1:], (along[0], 0.0, 0.0)))[0], colour)
                    for along, colour in arrows_of(runner)
                ]
                self._pens.runner(painter, runner.number, points[-1], arrows)
        painter.restore()

    def _paint_tangent(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        """Solid once the gradient is computed; dotted while it is only measured on the curve."""
        if placement.patch is None:
            return
        low, high = placement.patch[0], placement.patch[1]
        rise = (high[2] - low[2]) / (high[0] - low[0])
        u, v, z = placement.foot
        reach = 2 * _TANGENT / hypot(1, rise / HEIGHT)
        ends = np.array([(u - reach, v, z - reach * rise), (u + reach, v, z + reach * rise)])
        exact = placement.patch_is_exact
        colour = QColor(self._theme.palette.ink)
        colour.setAlphaF(0.85 if exact else 0.4)
        painter.setPen(QPen(colour, self._theme.px(1.75), Qt.PenStyle.SolidLine if exact else Qt.PenStyle.DotLine))
        painter.drawLine(*self._pixels(to_pixels, ends))

    def _paint_pulls(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        """Above the ball, one below the other: where each sample alone would have it go, and how hard it pulls."""
        most = max(map(abs, self._pulls), default=0.0)
        if not most:
            return
        px, u = self._theme.px, placement.u
        ball, reach = self._pixels(to_pixels, np.array([(u, 0, placement.z), (u + _PULL, 0, placement.z)]))
        far = reach.x() - ball.x()
        painter.setFont(self._theme.font(Size.SMALL, bold=True))
        for number, pull in enumerate(self._pulls):
            y = ball.y() - px(_ROW) * (len(self._pulls) - number + 0.6)
            start, end = QPointF(ball.x(), y), QPointF(ball.x() - far * pull / most, y)
            self._pens.arrow(painter, start, end, self._theme.gradient_fill(pull), _THIN)
            aside = px(_ASIDE) if pull > 0 else -px(_ASIDE)
            painter.setPen(QColor(self._theme.palette.ink))
            box = QRectF(start.x() + aside - px(_ROW), y - px(_ROW) / 2, 2 * px(_ROW), px(_ROW))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _paint_ball(self, painter: QPainter, to_pixels: QTransform, placement: Placement) -> None:
        here = self._pixels(to_pixels, np.array([[placement.u, placement.v, placement.z]]))[0]
        self._pens.path(painter, [*self._pixels(to_pixels, placement.path), here])
        if placement.momentum is not None:
            at = np.array([placement.u, placement.v, placement.z])
            start, end = self._pixels(to_pixels, np.stack([at, np.add(at, (placement.momentum[0], 0.0, 0.0))]))
            self._pens.arrow(painter, start, end, SURFACE_MOMENTUM, 2.5)
        foot = np.array(placement.foot)
        if placement.partials[0]:
            ahead = np.add(foot, (placement.partials[0], 0.0, 0.0))
            start, end = self._pixels(to_pixels, np.stack([foot, ahead]))
            colour = self._theme.gradient_fill(-placement.partials[0])
            self._pens.arrow(painter, start, end, colour, 3.5)
        if placement.adjusted is not None:
            start, end = self._pixels(to_pixels, np.stack([foot, np.add(foot, (placement.adjusted[0], 0.0, 0.0))]))
            self._pens.arrow(painter, start, end, SURFACE_STEP, 2.5)
        if placement.ghost is not None:
            self._pens.ghost(painter, self._pixels(to_pixels, np.array([placement.ghost]))[0])
        self._pens.ball(painter, here)
        if self._highlighted in placement.moments:
            row = placement.moments.index(self._highlighted)
            self._pens.ring(painter, self._pixels(to_pixels, placement.path[row : row + 1])[0])

    def _pixels(self, to_pixels: QTransform, box: Array) -> list[QPointF]:
        """(n, 3) box coordinates to pixels."""
        if self._relief is None:
            return []
        return [to_pixels.map(QPointF(self._relief.unplace(float(u), 0.0)[0], float(z))) for u, _, z in box]
