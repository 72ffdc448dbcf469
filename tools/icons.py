"""Draws the app's icons (static/portal/icon-*.png) from the mark of the site. Run again when the mark changes."""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "unionbenefits" / "static" / "portal"
RED, WHITE, GROUND = "#b3261e", "#ffffff", "#f6f4f1"
# Drawn this many times larger and scaled down: Pillow itself draws no smooth edges.
_FINE = 4

Point = tuple[float, float]
# The two shapes of templates/components/mark.html on its field of 32: lines and cubic curves.
_SHIELD: list[list[Point]] = [
    [(16, 2.5), (27, 6.2)],
    [(27, 6.2), (27, 15.5)],
    [(27, 15.5), (27, 22.5), (22.4, 27.4), (16, 29.5)],
    [(16, 29.5), (9.6, 27.4), (5, 22.5), (5, 15.5)],
    [(5, 15.5), (5, 6.2)],
]
_HEART: list[list[Point]] = [
    [(16, 22.6), (12.1, 19.9), (9.4, 17.6), (9.4, 14.6)],
    [(9.4, 14.6), (9.4, 12.5), (11, 11), (12.9, 11)],
    [(12.9, 11), (14.2, 11), (15.3, 11.7), (16, 12.8)],
    [(16, 12.8), (16.7, 11.7), (17.8, 11), (19.1, 11)],
    [(19.1, 11), (21, 11), (22.6, 12.5), (22.6, 14.6)],
    [(22.6, 14.6), (22.6, 17.6), (19.9, 19.9), (16, 22.6)],
]


def _curve(points: list[Point], steps: int = 24) -> list[Point]:
    if len(points) == 2:
        return points
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    found = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def draw(side: int, share: float, ground: str | None) -> Image.Image:
    """The mark on a square of `side` points, of which it takes `share`; `ground` None leaves it clear."""
    large = side * _FINE
    picture = Image.new("RGBA", (large, large), ground or (0, 0, 0, 0))
    pen, scale = ImageDraw.Draw(picture), large * share / 32
    edge = large * (1 - share) / 2
    for shape, colour in ((_SHIELD, RED), (_HEART, WHITE)):
        outline = [point for part in shape for point in _curve(part)]
        pen.polygon([(edge + x * scale, edge + y * scale) for x, y in outline], fill=colour)
    small = picture.resize((side, side), Image.Resampling.LANCZOS)
    return small.quantize(32, method=Image.Quantize.FASTOCTREE)


def main() -> int:
    """Writes all sizes. A phone may cut a maskable icon to the circle of its inner 80 %."""
    kinds = {
        "icon-192.png": (192, 0.94, None),
        "icon-512.png": (512, 0.94, None),
        "icon-maskable-512.png": (512, 0.66, GROUND),
        "icon-180.png": (180, 0.8, GROUND),
    }
    for name, (side, share, ground) in kinds.items():
        draw(side, share, ground).save(FOLDER / name, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
