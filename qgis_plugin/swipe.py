"""Compare on the map: a divider to drag, one side left of it, the other right.

Both sides are painted over the canvas, so that other layers between them do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QEvent, QLine, QPoint, QRect, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPen

from .messages import translate
from .overlay import Overlay

STEP_PX = 10
HANDLE_PX = 9
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape)


@dataclass(frozen=True)
class Side:
    """What is painted on one side of the divider: its name there, and layers, the topmost first."""

    name: str
    layers: Sequence[QgsMapLayer]


class SwipeItem(Overlay):
    """Paints the two sides. `at` is the divider's place, 0..1 of the canvas."""

    def __init__(self, canvas: QgsMapCanvas, first: Side, second: Side) -> None:
        super().__init__(canvas)
        self._names = (first.name, second.name)
        self.at = 0.5
        self.upright = True
        self.setZValue(100)
        self.show_layers((first.layers, second.layers))

    def background(self, side: int) -> QColor:
        return self._canvas.canvasColor()

    def paint(self, painter, option=None, widget=None) -> None:
        width, height = self._canvas.width(), self._canvas.height()
        place = round(self.at * (width if self.upright else height))
        if self.upright:
            parts = (QRect(0, 0, place, height), QRect(place, 0, width - place, height))
            line, middle = QLine(place, 0, place, height), QPoint(place, height // 2)
        else:
            parts = (QRect(0, 0, width, place), QRect(0, place, width, height - place))
            line, middle = QLine(0, place, width, place), QPoint(width // 2, place)
        for part, picture in zip(parts, self.pictures):
            if picture is not None:
                image, r = picture[0], picture[0].devicePixelRatio()
                source = QRectF(part.x() * r, part.y() * r, part.width() * r, part.height() * r)
                painter.drawImage(QRectF(part), image, source)
        for colour, thickness in (("black", 4), ("white", 2)):
            painter.setPen(QPen(QColor(colour), thickness))
            painter.drawLine(line)
        painter.setPen(QPen(QColor("black"), 1))
        painter.setBrush(QColor("white"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawEllipse(middle, HANDLE_PX, HANDLE_PX)
        for part, name, at_right in zip(parts, self._names, (self.upright, False)):
            _label(painter, part, name, at_right)


class SwipeTool(QgsMapTool):
    """Drag or use the arrow keys to move the divider; Space turns it, Escape ends.

    The keys are taken before the canvas sees them, which would move the map as well.
    """

    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, first: Side, second: Side) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._between = (first, second)
        self._before = canvas.mapTool()
        self.item: SwipeItem | None = SwipeItem(canvas, first, second)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        canvas.installEventFilter(self)
        QgsProject.instance().layersWillBeRemoved.connect(self._removed)
        QgsProject.instance().cleared.connect(self.finish)

    def toolName(self) -> str:
        return translate("RsSr", "Compare")

    def canvasPressEvent(self, event) -> None:
        self._move(event)

    def canvasMoveEvent(self, event) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event)

    def _move(self, event) -> None:
        if self.item is not None:
            at, canvas = event.pixelPoint(), self._canvas
            self.put(at.x() / canvas.width() if self.item.upright else at.y() / canvas.height())

    def show_sides(self, first: Side, second: Side) -> None:
        """Compare these from now on."""
        self._between = (first, second)
        if self.item is not None:
            self.item.show_layers((first.layers, second.layers))

    def put(self, place: float) -> None:
        """Move the divider to a place between 0 and 1."""
        if self.item is not None:
            self.item.at = min(1.0, max(0.0, place))
            self.item.update()

    def eventFilter(self, watched, event) -> bool:
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
        if self.item is None or event.type() not in kinds or event.key() not in KEYS:
            return False
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._pressed(self.item, event.key())
        event.accept()
        return True

    def _pressed(self, item: SwipeItem, key: int) -> None:
        step = STEP_PX / max(1, self._canvas.width() if item.upright else self._canvas.height())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.put(item.at - step)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.put(item.at + step)
        elif key == Qt.Key.Key_Space:
            item.upright = not item.upright
            self.setCursor(Qt.CursorShape.SplitHCursor if item.upright else Qt.CursorShape.SplitVCursor)
            item.update()
        else:
            self.finish()

    def _removed(self, names) -> None:
        if {layer.id() for side in self._between for layer in side.layers} & set(names):
            self.finish()

    def finish(self) -> None:
        """End the comparison and give the map its earlier tool back."""
        if self.item is not None and self._canvas.mapTool() is self:
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(self)
        self._close()

    def deactivate(self) -> None:
        super().deactivate()
        self._close()

    def _close(self) -> None:
        if self.item is None:
            return
        item, self.item = self.item, None
        item.close()
        self._canvas.removeEventFilter(self)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._removed)
        QgsProject.instance().cleared.disconnect(self.finish)
        self.ended.emit()


def _label(painter: QPainter, part: QRect, name: str, at_right: bool) -> None:
    """The name of a side in a lower corner, clear of QGIS's messages; none where it would be cut."""
    text = painter.fontMetrics().boundingRect(name).adjusted(-6, -3, 6, 3)
    if text.width() + 16 > part.width() or text.height() + 16 > part.height():
        return
    left = part.right() - text.width() - 8 if at_right else part.left() + 8
    text.moveTo(left, part.bottom() - text.height() - 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(text, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
