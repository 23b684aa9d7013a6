"""The commands of the command line and their arguments."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from rs_sr import __version__
from rs_sr.doors.arguments import add_arguments
from rs_sr.doors.commands import (
    bundle_command,
    demo_command,
    doctor_command,
    export_command,
    import_command,
    models_command,
    report_command,
    sensors_command,
    worker_command,
)
from rs_sr.doors.runs import info_command, super_resolve_command
from rs_sr.doors.screen import tell
from rs_sr.errors import EXIT_CODES, MissingPackageError, RequestError, warning_kinds

FILES = re.compile(r"path|FILE|OUT|DIR|RASTER|SRC|DST|HR|folder|model")  # arguments that are names of files
CODES = "exit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="rs-sr",
        description="Super-resolve remote-sensing rasters.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"rs-sr {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_super_resolve, _add_info, _add_models, _add_sensors, _add_import, _add_export, _add_report):
        add(commands)
    _output(
        _command(
            commands,
            "doctor",
            doctor_command,
            "list versions and devices, and what is missing and how to get it",
            "rs-sr doctor",
        )
    )

    bundles = _command(
        commands, "bundle", bundle_command,
        "copy rs-sr and all that it needs as wheels, for a machine without a network",
        "rs-sr bundle wheels\npip install --no-index --find-links wheels rs-sr",
    )  # fmt: skip
    bundles.add_argument("folder", metavar="DIR")
    _output(bundles)

    _command(
        commands, "worker", worker_command, "run jobs for another program, such as the QGIS plugin: JSON lines",
        "rs-sr worker",
    )  # fmt: skip
    _add_demo(commands)
    shells = _command(
        commands, "completion", completion_command, "print a script that lets your shell complete commands and options",
        "rs-sr completion bash > ~/.local/share/bash-completion/completions/rs-sr\n"
        "rs-sr completion zsh > ~/.zfunc/_rs-sr",
    )  # fmt: skip
    shells.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    return top


def _add_super_resolve(commands: Any) -> None:
    run = _command(
        commands,
        "super-resolve",
        super_resolve_command,
        "make a raster 2, 3 or 4 times finer",
        "rs-sr super-resolve scene.tif scene_x2.tif\n"
        "rs-sr super-resolve scene.tif out.tif --model lkdn_x4.safetensors --bands 3,2,1\n"
        "rs-sr super-resolve scene.tif out.tif --scale 4 --bbox 500000 4100000 501000 4101000\n"
        "rs-sr super-resolve scene.tif out.tif --aoi fields.gpkg --cog\n"
        "rs-sr super-resolve a.tif b.tif c.tif --out-dir finer --scale 2\n"
        "rs-sr super-resolve scenes 'more/*.tif' --out-dir finer --skip-existing --accept gsd,noise",
    )
    run.add_argument(
        "paths", nargs="+", metavar="PATH", help="SRC DST; or several SRC, folders or quoted patterns with --out-dir"
    )
    run.add_argument("--out-dir", metavar="DIR", help="folder for the results of several inputs: <name>_x4.tif")
    run.add_argument("--skip-existing", action="store_true", help="skip inputs whose result exists already")
    run.add_argument(
        "--accept",
        metavar="KIND,KIND",
        type=lambda text: tuple(filter(None, text.split(","))),
        default=(),
        help=f"hide warnings of these kinds: {', '.join(warning_kinds())}",
    )
    run.add_argument("--dry-run", action="store_true", help="print the plan of the run, and do nothing")
    add_arguments(run)
    _output(run)


def _add_info(commands: Any) -> None:
    info = _command(
        commands, "info", info_command,
        "describe a raster, and say whether a model fits it; takes all options of super-resolve",
        "rs-sr info scene.tif\nrs-sr info scene.tif --model lkdn_x4 --json",
    )  # fmt: skip
    info.add_argument("raster", metavar="RASTER")
    add_arguments(info)
    _output(info)


def _add_models(commands: Any) -> None:
    models = _command(
        commands, "models", models_command,
        "list, show, add and remove models; get weights that authors published; compare networks",
        "rs-sr models\nrs-sr models show bicubic\nrs-sr models get lkdn_x4\n"
        "rs-sr models get alkdnet_x2 --from net_g_ALKDN_x2.pth\nrs-sr models add mine_x4.safetensors\n"
        "rs-sr models remove lkdn_x4_published\nrs-sr models networks",
    )  # fmt: skip
    actions = ("list", "show", "add", "get", "remove", "networks")
    models.add_argument("action", nargs="?", default="list", choices=actions)
    models.add_argument("name", nargs="?", metavar="NAME|FILE")
    models.add_argument(
        "--from", dest="file", metavar="FILE", help="of get: the authors' file, where there is no network"
    )
    _output(models)


def _add_sensors(commands: Any) -> None:
    known = _command(
        commands, "sensors", sensors_command, "list and show sensors; measure how a raster was taken",
        "rs-sr sensors\nrs-sr sensors show sentinel2\nrs-sr sensors measure scene.tif\n"
        "rs-sr sensors measure bands_30m.tif pan_15m.tif -o mine.json",
    )  # fmt: skip
    known.add_argument("action", nargs="?", default="list", choices=("list", "show", "measure"))
    known.add_argument(
        "names", nargs="*", metavar="NAME|FILE", help="a sensor; or a raster, and a finer one of the same ground"
    )
    known.add_argument("-o", "--output", metavar="FILE.json", help="write what was measured as a sensor's file")
    known.add_argument("--overwrite", action="store_true")
    _output(known)


def _add_import(commands: Any) -> None:
    imports = _command(
        commands, "import", import_command, "turn a published checkpoint or an ONNX file into a model file",
        "rs-sr import LKDN_x4.pth -o lkdn_x4_published.safetensors\nrs-sr models add lkdn_x4_published.safetensors\n"
        "rs-sr import theirs.onnx -o theirs.safetensors --range 0 255 --gsd 0.3 1",
    )  # fmt: skip
    imports.add_argument("checkpoint", metavar="FILE.pth|FILE.onnx")
    imports.add_argument("-o", "--output", required=True, metavar="FILE.safetensors")
    for name in ("name", "title", "licence", "training-data", "source", "sensor", "degradation"):
        imports.add_argument(f"--{name}", help=f"for the card: {name.replace('-', ' ')}")
    imports.add_argument(
        "--gsd",
        nargs=2,
        type=float,
        metavar=("FINEST", "COARSEST"),
        help="for the card: metres of the fine images it was trained on",
    )
    imports.add_argument(
        "--range",
        nargs=2,
        type=float,
        metavar=("LO", "HI"),
        help="an ONNX model's values for black and white; default: 0 1",
    )
    imports.add_argument("--overwrite", action="store_true")
    _output(imports)


def _add_export(commands: Any) -> None:
    exports = _command(
        commands, "export", export_command, "write a model as an ONNX file, for other tools",
        "rs-sr export lkdn_x4 lkdn_x4.onnx\nrs-sr export alkdnet_x4 alkdnet_x4.onnx --like scene_x4.tif",
    )  # fmt: skip
    exports.add_argument("model", metavar="MODEL", help="a model's name or file")
    exports.add_argument("output", metavar="FILE.onnx")
    exports.add_argument(
        "--like",
        metavar="OUT.tif",
        help="take what the model pools over the image, or is told of it, from this result; default: a made-up scene",
    )
    exports.add_argument(
        "--sensor",
        metavar="NAME|FILE",
        help="how scenes are taken, folded into a model that can be told; default: the cautious numbers",
    )
    exports.add_argument("--overwrite", action="store_true")
    _output(exports)


def _add_report(commands: Any) -> None:
    reports = _command(
        commands, "report", report_command, "write a page that shows how far to believe a result",
        "rs-sr report scene.tif scene_x4.tif\nrs-sr report scene.tif scene_x4.tif --uncertainty doubt.tif --png pics\n"
        "rs-sr report scene.tif scene_x4.tif --reference aerial.tif -o trust.html --json",
    )  # fmt: skip
    reports.add_argument("source", metavar="SRC", help="the raster that was super-resolved")
    reports.add_argument("result", metavar="DST", help="its result")
    reports.add_argument("-o", "--output", default="report.html", metavar="FILE.html", help="(default: %(default)s)")
    reports.add_argument(
        "--reference",
        metavar="HR.tif",
        help="the truth: a finer raster of the ground, in any CRS",
    )
    reports.add_argument("--uncertainty", metavar="FILE.tif", help="the file that --uncertainty wrote in the same run")
    reports.add_argument("--png", metavar="DIR", help="write the pictures as PNGs into this folder too")
    reports.add_argument("--overwrite", action="store_true")
    _output(reports)


def _add_demo(commands: Any) -> None:
    demo = _command(
        commands, "demo", demo_command, "make a scene, degrade it, super-resolve it and show the pictures",
        "rs-sr demo\nrs-sr demo --folder /tmp/demo --model lkdn_x4.safetensors",
    )  # fmt: skip
    demo.add_argument("--folder", default="rs-sr-demo", help="where the files go (default: %(default)s)")
    demo.add_argument("--model", help="a model's name or file")
    demo.add_argument("--scale", type=int, choices=(2, 3, 4), help="default: the model's, else 4")
    demo.add_argument("--overwrite", action="store_true", help="replace an earlier demo")
    _output(demo)


def completion_command(parsed: argparse.Namespace, interrupt: object) -> int:
    try:
        import shtab
    except ImportError:
        raise MissingPackageError("completion needs shtab", "install it with: pip install shtab") from None
    whole = parser()
    commands = next(a.choices for a in whole._actions if isinstance(a, argparse._SubParsersAction))
    for command in commands.values():
        for action in command._actions:
            named = (action.dest, action.metavar or "")
            if action.nargs != 0 and action.choices is None and any(FILES.search(str(word)) for word in named):
                action.complete = shtab.FILE
    tell(shtab.complete(whole, parsed.shell))
    return 0


class _Parser(argparse.ArgumentParser):
    """Tells a mistake in one line, as every other error is told, and knows that -3.4e38 is a number."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self._negative_number_matcher = re.compile(r"-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")

    def error(self, message: str) -> NoReturn:
        raise RequestError(message, f"see {self.prog} --help")


def _command(commands: Any, name: str, call: Any, help: str, examples: str) -> argparse.ArgumentParser:
    text = "examples:\n  " + examples.replace("\n", "\n  ") + "\n\n" + CODES
    sub: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub.set_defaults(call=call)
    return sub


def _output(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="print the result as JSON")
    sub.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    sub.add_argument("-v", "--verbose", action="store_true", help="print the plan and more details")
