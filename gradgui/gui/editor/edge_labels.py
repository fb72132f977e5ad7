"""The numbers written on edges: weight, gradient or "?", and the weight after its update."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF

from gradgui.gui.editor.geometry import Column, Plan
from gradgui.gui.editor.marks import BODY, FINE, Marks, Writing
from gradgui.gui.editor.reading import EdgeLook, EdgeMode
from gradgui.gui.widgets.naming import blame, compact

WIDEST_LABEL = "▼ +0.000"

GLYPH_ROOM = 100.0
"""In narrower gaps one of several edges shows its gradient by colour and + or − alone."""


class EdgeLabels:
    """Decides once where labels stand, then only what they say: nothing jumps while values change."""

    def __init__(
        self, layer: int, plan: Plan, lines: list[QLineF], source: Column, target: Column, marks: Marks
    ) -> None:
        self._layer = layer
        self._marks = marks
        self._single = len(lines) == 1
        self._lift = target.half + marks.height(FINE) / 2 + marks.length(1)
        self._roomy = plan.pitch - 2 * plan.radius >= marks.length(GLYPH_ROOM)
        self._places = self._chosen(plan, lines, source, target)
        self.writings: list[Writing] = []

    @property
    def boxes(self) -> dict[int, QRectF]:
        """Edge → where its number may stand; that of a single one stands above it."""
        wide, high = self._marks.width(WIDEST_LABEL, FINE, True), self._marks.height(FINE)
        places = {} if self._single else self._places
        return {edge: QRectF(x - wide / 2, y - high / 2, wide, high) for edge, (x, y) in places.items()}

    @property
    def numbered(self) -> bool:
        """Whether these edges carry numbers at all."""
        return bool(self._places)

    def show_look(self, look: EdgeLook) -> None:
        """What is written now."""
        self.writings = []
        if look.quiet or look.weights is None or not self._places:
            return
        if self._single:
            self.writings = self._named(look)
        elif look.weights.size > max(self._places):
            self.writings = [self._bare(look, edge) for edge in self._places]

    def _chosen(
        self, plan: Plan, lines: list[QLineF], source: Column, target: Column
    ) -> dict[int, tuple[float, float]]:
        """Edge → centre of its label; a label that would cover another is left out (hover shows it)."""
        if not plan.labelled or source.strip or target.strip:
            return {}
        share = 0.6 if target.units >= source.units else 0.4
        width, height = self._marks.width(WIDEST_LABEL, FINE, True), self._marks.height(FINE)
        taken: list[QRectF] = []
        places: dict[int, tuple[float, float]] = {}
        for index, line in enumerate(lines):
            centre = line.pointAt(0.5 if self._single else share)
            box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            if not any(box.intersects(other) for other in taken):
                taken.append(box)
                places[index] = (centre.x(), centre.y())
        return places

    def _named(self, look: EdgeLook) -> list[Writing]:
        """One edge: its name and weight, and below it its gradient."""
        assert look.weights is not None
        (x, y), palette = self._places[0], self._marks.palette
        first = y - max(self._marks.length(39), self._lift)
        second = first + self._marks.length(18)
        name, weight = f"W{self._layer + 1}", look.weights.flat[0]
        said = f"{name} {compact(weight)}"
        if look.mode is EdgeMode.WEIGHT:
            return [Writing(said, x, second, palette.muted)]
        top = Writing(said, x, first, palette.muted)
        ground = palette.current_soft if look.current else None
        if look.mode is EdgeMode.UPDATED and look.updated is not None:
            changed = f"→ {compact(look.updated.flat[0])}"
            return [top, Writing(changed, x, second, palette.ink, BODY, True, ground)]
        if look.gradients is None:
            return [top, Writing(f"∂L/∂{name} ?", x, second, palette.muted, FINE, True)]
        text, colour = self._gradient(look.gradients.flat[0])
        return [top, Writing(text, x, second, colour, BODY, True, ground)]

    def _bare(self, look: EdgeLook, edge: int) -> Writing:
        """One of several edges: only the number that matters now."""
        assert look.weights is not None
        x, y = self._places[edge]
        palette = self._marks.palette
        ground = palette.current_soft if look.current else palette.panel
        if look.mode is EdgeMode.WEIGHT:
            weight = look.weights.flat[edge]
            colour = self._marks.theme.weight_colour(weight)
            return Writing(compact(weight, 3, signed=True), x, y, colour, ground=ground)
        if look.mode is EdgeMode.UPDATED and look.updated is not None:
            return Writing(f"→ {compact(look.updated.flat[edge], 3)}", x, y, palette.ink, FINE, True, ground)
        if look.gradients is None:
            return Writing("?", x, y, palette.muted, FINE, True, ground)
        text, colour = self._gradient(look.gradients.flat[edge], 3)
        if not self._roomy:
            text = compact(look.gradients.flat[edge], 3, signed=True)
        return Writing(text, x, y, colour, FINE, True, ground)

    def _gradient(self, value: float, digits: int = 4) -> tuple[str, str]:
        return blame(value, digits), self._marks.theme.gradient_colour(value)
