"""``progress=True``: a bar of tqdm's, in a terminal or a notebook."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from rs_sr.errors import MissingPackageError

if TYPE_CHECKING:
    from rs_sr.run.result import Progress


class Bar:
    """Megapixels of the input that are done. Use it in a ``with`` statement and call it with each `Progress`."""

    def __init__(self, title: str) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a notebook without ipywidgets, where the bar is of letters
                from tqdm.auto import tqdm
        except ImportError:
            raise MissingPackageError("progress=True needs tqdm", "install it with: pip install tqdm") from None
        form = "{l_bar}{bar}| {n:.2f} of {total:.2f} MP{postfix}, {remaining} left"
        self._bar: Any = tqdm(desc=title, total=0.0, bar_format=form)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *exc: object) -> None:
        self._bar.close()

    def __call__(self, progress: Progress) -> None:
        self._bar.total = progress.pixels / 1e6
        self._bar.set_postfix_str(progress.stage, refresh=False)
        self._bar.n = progress.done / 1e6
        self._bar.refresh()
