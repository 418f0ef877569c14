"""A statistic as a study prints it ("t(16) = 4.97", "OR 2.56 (1.02-6.25)"), taken apart into its numbers' texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# How a statistic may be written, and what we call it. Letters count: "t" isn't "T" (Wilcoxon's), "z" is "Z".
COMPUTED = r"(?:\s*[-_]?\s*(?:[Hh]itung|value|[Ss]tatisti[ck]))?"  # "t hitung", "Z-hitung"
CRUDE = r"(?:[Cc](?:rude)?[ -]?)"  # "cOR", "crude OR"
ADJUSTED = r"(?:[Aa](?:dj(?:usted)?)?\.?[ -]?)"  # "aOR", "AOR", "adjusted OR"
TESTS = {
    "t": r"t",
    "z": r"[zZ]",
    "f": r"F",
    "u": r"U",
    "w": r"W",
    "h": r"H",
    "r": r"(?:r|rho|ρ|rs)",
    "chi-square": r"(?:χ²|χ2|X²|X2|[Cc]hi[- ]?[Ss]quare|[Cc]hi2|[Kk]ai[- ]?[Kk]uadrat|[Cc]hi[- ]?[Kk]uadrat)",
}
RATIOS = {
    "odds-ratio": r"(?:OR|[Oo]dds [Rr]atio|[Rr]asio [Oo]dds)",
    "risk-ratio": r"(?:RR|[Rr]isk [Rr]atio|[Rr]elative [Rr]isk|[Rr]isiko [Rr]elatif)",
}
NAMES = {
    **{name: rf"(?:[Nn]ilai\s+)?{spelt}{COMPUTED}" for name, spelt in TESTS.items()},
    **{name: rf"(?:{ADJUSTED}|{CRUDE})?{spelt}" for name, spelt in RATIOS.items()},
    "mean-difference": r"(?:MD|[Mm]ean [Dd]ifference|[Ss]elisih [Rr]erata|[Bb]eda [Rr]erata)",
}
NUMBER = r"(?:[-−–+]\s?)?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
FOOTNOTE = re.compile(r"\s?(?:\^?[a-e]|\([a-e]\)|[ᵃᵇᶜᵈᵉ]|\*{1,3})$")  # "-2,111a" as SPSS prints it, "2.45*"
DF = r"\d+(?:[.,]\d+)?"
TWO_DF = rf"({DF})\s*[;,]\s+({DF})|(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)"  # "1, 28.5" or "1,28": F alone has two
SEPARATOR = r"(?P<separator>\s*(?:-|–|—|−|\bto\b|\bsampai\b|\bhingga\b|s/d|s\.d\.|;|,\s)\s*)"
CONFIDENCE = r"\d+(?:[.,]\d+)?\s*%"
INTERVAL = (
    r"(?:C\.?I|IK|KI|[Cc]onfidence [Ii]nterval|[Ii]nterval [Kk]epercayaan|[Ss]elang [Kk]epercayaan)(?![A-Za-z])\.?"
)


def _of_limits(place: str) -> str:
    """What may stand with two limits: "95% CI", "CI 95%", "IK (95%):"; its groups are named after its place."""
    first = rf"(?P<{place}_first>{CONFIDENCE})\s*{INTERVAL}?"
    return rf"\(?(?:{first}|{INTERVAL}\s*[:(=]?\s*(?P<{place}_last>{CONFIDENCE})?)\){{0,2}}\s*[:=,;]{{0,2}}\s*"


LIMITS = re.compile(
    rf"(?:{_of_limits('before')})?[(\[]?\s*(?P<low>{NUMBER})(?:\s*%)?{SEPARATOR}(?P<high>{NUMBER})\s*%?\s*[)\]]?"
    rf"(?:\s*[;,]?\s*{_of_limits('after')})?"
)
CONFIDENCES = ("before_first", "before_last", "after_first", "after_last")
# an interval without brackets around both limits
BESIDE = rf"(?:[;,]\s*|\s+)(?P<open>\(?(?:{CONFIDENCE}\s*{INTERVAL}|{INTERVAL}).*)"
# letters and "24" of "mL/24h", but no decimals, shares or intervals: they would be numbers lost in a unit
UNIT = rf"(?!{INTERVAL})[^\d\s.,()\[\];](?:(?!\s{INTERVAL}|\s*[=<>]|\d[.,]\d|\d\s*%)[^()\[\],;])*?"
REST = re.compile(rf"(?P<value>{NUMBER})(?:\s*(?P<unit>{UNIT}))?(?:\s*[;,]?\s*[(\[](?P<limits>.*)[)\]]|{BESIDE})?")
ALONE = set(TESTS) - {"r"}  # never with an interval
UNITLESS = ALONE | set(RATIOS)
WITH_DF = {"t": 1, "z": 1, "f": 2, "h": 1, "chi-square": 1, "r": 1}
IS = r"\s*[=:]|\s+(?:sebesar|adalah|of|is)\b"
EQUALS = rf"(?:{IS}|(?=\s+(?:[-−–+]\s?)?\d*[.,]\d))"  # "t 2.45" is a statistic, "t 2" may be anything
OR_SPACE = rf"(?:{IS}|\s)"
NAMED = {
    name: re.compile(rf"{spelt}\s*(?:\((?P<df>[^()]*)\))?{EQUALS if name in ALONE else OR_SPACE}\s*(?P<rest>.*)")
    for name, spelt in NAMES.items()
}
SHARE = re.compile(rf"(?P<value>{NUMBER})\s*%")


@dataclass(frozen=True)
class PrintedStatistic:
    """One printed statistic; every number as its text, a true minus turned into "-".

    `name` is a key of `NAMES`, "estimate" for a number with an interval and no name, or "percentage". `low` and `high`
    are None without an interval, `confidence` ("95") is empty where it isn't printed. `adjusted` is True for a ratio
    that a study names so ("aOR").
    """

    name: str
    value: str
    df: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    confidence: str = ""
    unit: str = ""
    adjusted: bool = False


def read_statistic(text: str) -> PrintedStatistic | None:
    """The statistic that a text prints, None where it is none of those known, or holds anything besides."""
    plain = text.strip()
    for name, pattern in NAMED.items():
        found = pattern.fullmatch(plain)
        if found is not None:
            return _named(name, found)
    if share := SHARE.fullmatch(plain):
        return PrintedStatistic("percentage", _minus(share["value"]), unit="%")
    estimate = _rest(plain)
    return estimate if estimate and estimate.low else None


def _named(name: str, found: re.Match[str]) -> PrintedStatistic | None:
    df = _df(name, found["df"])
    rest = _rest(FOOTNOTE.sub("", found["rest"]) if name in TESTS else found["rest"])
    if df is None or rest is None or (name in ALONE and rest.low):
        return None
    if rest.unit and name in UNITLESS:
        return None
    adjusted = name in RATIOS and re.match(rf"{ADJUSTED}(?:{RATIOS[name]})", found.group()) is not None
    return replace(rest, name=name, df=df, adjusted=adjusted)


def _df(name: str, text: str | None) -> tuple[str, ...] | None:
    """Degrees of freedom in brackets; None where what stands there is something else."""
    if text is None:
        return ()
    text = re.sub(r"\s*,\s*[Nn]\s*=\s*\d+$", "", text.strip())  # "χ²(1, N = 40)"
    found = re.fullmatch(TWO_DF if WITH_DF.get(name) == 2 else rf"({DF})", text)
    if found is None or name not in WITH_DF:
        return None
    return tuple(group for group in found.groups() if group is not None)


def _rest(text: str) -> PrintedStatistic | None:
    """Value, unit and interval of an estimate; None where the text is something else."""
    found = REST.fullmatch(text.strip())
    if found is None:
        return None
    alone = PrintedStatistic("estimate", _minus(found["value"]), unit=(found["unit"] or "").strip())
    inside = found["limits"] or found["open"]
    if inside is None:
        return alone
    limits = LIMITS.fullmatch(inside.strip())
    if limits is None or _is_either_minus(limits):
        return None
    confidence = next((limits[place] for place in CONFIDENCES if limits[place]), "").rstrip("% ")
    return replace(alone, low=_minus(limits["low"]), high=_minus(limits["high"]), confidence=confidence)


def _is_either_minus(limits: re.Match[str]) -> bool:
    """Whether the dash between two limits may belong to the second: "(-5.2 -1.0)"."""
    dash = re.fullmatch(r"\s+[-–−]", limits["separator"])
    return dash is not None and _minus(limits["low"]).startswith("-")


def _minus(text: str) -> str:
    return re.sub(r"[−–]", "-", "".join(text.split()))
