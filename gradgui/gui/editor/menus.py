"""The lists that open on the network: kinds of layers, activations, what can be done with a layer or a link."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gradgui.catalog.registry import activation_kinds
from gradgui.gui.editor import wishes
from gradgui.gui.editor.details import EdgeHit, LayerHit, NodeHit
from gradgui.gui.editor.handles import ActivationHit, AddHit, DropHit, HowHit, KindsHit, LinkHit, StepHit, Target
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.wishes import Wish
from gradgui.gui.language import Speech
from gradgui.text import Text

OPEN = Text(en="Everything about this layer", zh="查看这一层的全部")
DUPLICATE = Text(en="Duplicate", zh="复制一层")
DELETE = Text(en="Delete layer", zh="删除这一层")
DELETE_UNIT = Text(en="Delete this neuron", zh="删除这个神经元")
EARLIER = Text(en="Move to the left", zh="左移")
LATER = Text(en="Move to the right", zh="右移")
TYPE = Text(en="Type its value…", zh="输入它的值…")
TYPE_BIAS = Text(en="Type its bias…", zh="输入它的偏置…")
ARITHMETIC = Text(en="The arithmetic of this neuron", zh="这个神经元的算式")
HOLD = Text(en="Freeze {name}", zh="冻结 {name}")
FREE = Text(en="Let {name} learn again", zh="让 {name} 重新学习")
ADD = Text(en="Add what it brings", zh="相加")
CONCAT = Text(en="Put beside", zh="并排拼接")
UNTIE = Text(en="Remove this link", zh="删除这条连线")


@dataclass(frozen=True, slots=True)
class _Choice:
    """What an entry of a list stands for."""

    wish: Wish | None = None
    card: LayerHit | None = None
    typed: EdgeHit | NodeHit | None = None
    sum: NodeHit | None = None


class Menus(QObject):
    """Makes each list when it is asked for; what is chosen becomes a wish."""

    wished = Signal(object)
    opened = Signal(object)
    """The LayerHit of a layer whose card somebody wants."""
    typing_asked = Signal(object)
    arithmetic_asked = Signal(object)
    """The NodeHit of the neuron."""

    def __init__(self, over: QWidget, sight: Sight, speech: Speech) -> None:
        super().__init__(over)
        self._over, self._sight, self._speech = over, sight, speech
        self.menu: QMenu | None = None

    def open_for(self, target: Target | None, place: QPoint) -> bool:
        """Open the list that belongs to something, at a place on the screen; False where there is none."""
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu, target)
        if menu.isEmpty():
            menu.deleteLater()
            return False
        self.menu = menu
        menu.popup(place)
        return True

    def fill(self, menu: QMenu, target: Target | None) -> None:
        """Add what can be done with something."""
        if self._sight.experiment is None:
            return
        if isinstance(target, AddHit | KindsHit):
            self._kinds(menu, target.index)
        elif isinstance(target, ActivationHit):
            self._activations(menu, target.layer)
        elif isinstance(target, LayerHit | DropHit | StepHit):
            self._layer(menu, target.layer)
        elif isinstance(target, HowHit | LinkHit):
            self._link(menu, target.source, target.target)
        elif isinstance(target, EdgeHit | NodeHit):
            self._parameter(menu, target)
        menu.triggered.connect(self._take)

    def _kinds(self, menu: QMenu, index: int) -> None:
        experiment = self._sight.experiment
        assert experiment is not None
        for kind, name in wishes.kind_names():
            self._entry(menu, name, wishes.add_layer(experiment, index, kind))

    def _activations(self, menu: QMenu, layer: int) -> None:
        info = self._sight.info(layer)
        for name, kind in activation_kinds().items():
            action = self._entry(menu, kind.name, wishes.set_activation(layer, name))
            action.setCheckable(True)
            action.setChecked(info is not None and info.activation == name)

    def _layer(self, menu: QMenu, layer: int) -> None:
        self._entry(menu, OPEN, _Choice(card=LayerHit(layer)))
        self._entry(menu, DUPLICATE, wishes.duplicate_layer(layer))
        if layer > 0:
            self._entry(menu, EARLIER, wishes.move_layer(layer, layer - 1))
        if layer + 1 < self._sight.layers:
            self._entry(menu, LATER, wishes.move_layer(layer, layer + 1))
        menu.addSeparator()
        self._entry(menu, DELETE, wishes.remove_layer(layer))

    def _link(self, menu: QMenu, source: int, target: int) -> None:
        for how, words in (("add", ADD), ("concat", CONCAT)):
            self._entry(menu, words, wishes.set_how(source, target, how))
        menu.addSeparator()
        self._entry(menu, UNTIE, wishes.remove_link(source, target))

    def _parameter(self, menu: QMenu, target: EdgeHit | NodeHit) -> None:
        if isinstance(target, NodeHit) and target.layer >= 0:
            self._entry(menu, ARITHMETIC, _Choice(sum=target))
        if self._sight.value(target) is None:
            return
        self._entry(menu, TYPE if isinstance(target, EdgeHit) else TYPE_BIAS, _Choice(typed=target))
        target = self._sight.owner(target)
        name = self._sight.parameter(target)
        held = self._sight.holds(target.layer, name)
        if name[0] in self._sight.frozen(target.layer):
            name = name[0]
        words = (FREE if held else HOLD).filled(name=name)
        self._entry(menu, words, wishes.hold(target.layer, name, not held, target))
        if isinstance(target, NodeHit):
            self._entry(menu, DELETE_UNIT, wishes.remove_unit(target))

    def _entry(self, menu: QMenu, words: Text, choice: Wish | _Choice) -> QAction:
        action = menu.addAction(self._speech.say(words))
        action.setData(_Choice(wish=choice) if isinstance(choice, Wish) else choice)
        return action

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        choice = action.data()
        if not isinstance(choice, _Choice):
            return
        if choice.wish is not None:
            self.wished.emit(choice.wish)
        elif choice.card is not None:
            self.opened.emit(choice.card)
        elif choice.sum is not None:
            self.arithmetic_asked.emit(choice.sum)
        elif choice.typed is not None:
            self.typing_asked.emit(choice.typed)
