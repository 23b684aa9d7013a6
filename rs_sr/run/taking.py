"""How a scene was taken, as a network is told it: what was asked for, else what metadata name, else what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from rs_sr import sensors
from rs_sr.errors import RequestError, RsSrWarning, SensorWarning
from rs_sr.models.card import ModelCard
from rs_sr.options import Options
from rs_sr.raster.facts import Facts
from rs_sr.record import Record
from rs_sr.sensors import CAUTIOUS, RANGES, Numbers, Sensor
from rs_sr.sensors.measured import UNSURE, Measured

MEASURE, NONE = "measure", "none"  # what --sensor takes beside names and files
SOFT = 0.5  # transfer at Nyquist: a scene that looks softer has much to gain


@dataclass(frozen=True)
class Taken:
    """What the plan knows: `numbers`, None where the scene is to tell, `why` they are these, whether the user said so
    (`asked`), and the noise that was given, in the raster's units. `final` numbers are told as they are."""

    numbers: Numbers | None
    why: str
    asked: bool = True
    heard: bool = True  # the noise is the scene's
    noise: float | None = None
    final: bool = False

    def __str__(self) -> str:
        noise = "" if self.noise is None else f", noise {self.noise:g}"
        if self.numbers is None:
            return f"what the scene shows, or cautious numbers where it shows nothing ({self.why}){noise}"
        noise += "; noise and JPEG as the scene shows" if self.heard and self.noise is None and not self.final else ""
        return f"{self.numbers} ({self.why}){noise}"


def taken(options: Options, facts: Facts, card: ModelCard, like: Record | None = None) -> Taken | None:
    """What is known before a pixel is read; None for a model that cannot be told, of which nothing may be asked.

    What is asked comes first, then what an earlier result was told that this run is to be `like`, then the metadata.
    """
    asked = [name for name in ("sensor", "blur", "noise") if getattr(options, name) is not None]
    if not card.told:
        if (asked and asked != ["sensor"]) or options.sensor not in (None, NONE):
            raise RequestError(
                f"model {card.name} cannot be told how a scene was taken",
                f"leave --{asked[0]} out, or take a model that can (see `rs-sr models`)",
            )
        return None
    if not asked and like is not None and like.told is not None:
        return Taken(like.told, "as in --like", final=True)
    if options.blur is not None:
        low, high = RANGES["nyquist_y"]
        if not all(low <= transfer <= high for transfer in options.blur):
            raise RequestError(
                f"--blur=({options.blur[0]:g}, {options.blur[1]:g}) is not what networks are trained for",
                f"give two transfers from {low:g} to {high:g}; 1 is no blur",
            )
        return Taken(sensors.gaussian(options.blur, noise=CAUTIOUS.noise), "--blur", noise=options.noise)
    if options.sensor == NONE:
        return Taken(CAUTIOUS, "the cautious numbers, as --sensor=none asks", heard=False, noise=options.noise)
    if options.sensor == MEASURE:
        return Taken(None, "--sensor=measure", noise=options.noise)
    if options.sensor is not None:
        sensor, said = sensors.find(options.sensor), True
        if sensor.numbers is None and sensor != sensors.known().get(sensor.name):
            raise RequestError(f"{options.sensor} says nothing of the blur", "give it a line such as nyquist = 0.3")
    else:
        found = named(facts)
        if found is None:
            return Taken(None, "no sensor was named", asked=False, noise=options.noise)
        sensor, said = found, False
    why = sensor.title if said else f"{sensor.title}, as the raster's metadata say"
    if sensor.numbers is None:
        why = f"the blur of {sensor.title} is not published"
    return Taken(sensor.numbers, why, said, sensor.noise is None, options.noise)


def named(facts: Facts) -> Sensor | None:
    """The sensor that the raster's metadata name for certain."""
    return sensors.match(facts.platform, tuple(b.description for b in facts.bands if not b.alpha), facts.gsd_m)


def settled(known: Taken, seen: Measured, span: float, blocking: float) -> tuple[Numbers, str, list[RsSrWarning]]:
    """The numbers to tell, a sentence of them, and a warning where that is not what was asked. `span` are the raster's
    units from 0 to 1 of the network, `blocking` the strength of JPEG that the scene shows.

    What metadata name is told no softer than the scene surely is: to undo a blur that is not there ruins it.
    """
    numbers, why, least, warned = known.numbers, known.why, 0.0, list[RsSrWarning]()
    if known.final and numbers is not None:
        return numbers, f"the network is told {numbers} ({why})", warned
    if numbers is None and seen.windows and (seen.sure or seen.likely or known.asked):
        numbers, least = seen.careful, 0.0 if seen.sure else CAUTIOUS.noise
        likely = f"what {'is likely in this scene' if seen.likely else 'this scene looks like'} ({seen.why})"
        how = "as measured in the scene" if seen.sure else likely
        why = f"{how}, on the sharp side; {why}"
    elif numbers is None:
        numbers, least = _sharpest(CAUTIOUS, seen), CAUTIOUS.noise
        if seen.windows and max(seen.careful.nyquist) < SOFT and max(seen.spread) <= UNSURE:
            text = f"the blur of this scene cannot be measured for certain ({seen.why}), so little of it is removed"
            warned.append(SensorWarning(f"{text}; if it shows land and few clouds, --sensor measure removes more"))
        why = f"the cautious numbers, since the blur cannot be measured ({seen.why}); {why}"
    if known.asked and known.numbers is None and not seen.sure:
        what = "the cautious numbers" if not seen.windows else "what is likely" if seen.likely else "what it looks like"
        text = f"the blur of this scene cannot be measured for certain ({seen.why}): the network is told {what}"
        cure = "give --blur, or a finer raster to `rs-sr sensors measure`"
        if seen.windows and not seen.likely:
            cure += "; without --sensor it is told cautious numbers, which suit clouds and water"
        warned.append(SensorWarning(f"{text}; {cure}"))
    if known.asked and known.numbers is not None and seen.surely_sharper(known.numbers):
        shown = " and ".join(f"{transfer:.2f}" for transfer in seen.numbers.nyquist)
        text = f"this scene looks sharper than the network is told: its transfer at Nyquist is about {shown} (y, x)"
        warned.append(SensorWarning(f"{text}; try --sensor measure on a part, and compare"))
    if known.numbers is not None and not known.asked and seen.sure:
        sharper = _sharpest(numbers, seen)
        if sharper != numbers:
            why += ", and the scene shows no softer"
        numbers = sharper
    if known.noise is not None:
        numbers, why = numbers._replace(noise=known.noise / span if span > 0 else 0.0), f"{why}; noise by --noise"
    elif known.heard and seen.windows:
        numbers = numbers._replace(noise=max(seen.careful.noise, least))
    if not numbers.jpeg:
        numbers = numbers._replace(jpeg=blocking)
    told = numbers.within()
    said = known.noise is not None or (known.asked and known.numbers is not None and not known.heard)
    if said and numbers.noise > told.noise:  # less noise than networks know is none
        why += "; the most noise that networks are trained for"
        most = f"{told.noise * span:.3g}, {100 * told.noise:g} % of the values' range"
        warned.append(
            SensorWarning(
                f"the network is told noise of {most}, the most that it is trained for, "
                f"instead of {numbers.noise * span:.6g}"
            )
        )
    return told, f"the network is told {told} ({why})", warned


def _sharpest(numbers: Numbers, seen: Measured) -> Numbers:
    """Of each transfer the sharper one, noise and JPEG as they are."""
    if not seen.windows:
        return numbers
    return Numbers(*map(max, numbers[:4], seen.careful[:4]))._replace(noise=numbers.noise, jpeg=numbers.jpeg)
