"""The words that headings use, in English and Indonesian: what a column is likely to hold, told by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

PARTICIPANT = {
    "id", "subject", "subjek", "subj", "participant", "partisipan", "responden", "respondent", "respon", "pasien",
    "patient", "kode", "code", "nomor", "no", "ibu", "mother", "person", "case", "sampel", "pair", "pasangan",
}  # fmt: skip
ARM = {
    "group", "arm", "kelompok", "grup", "klp", "kel", "treatment", "treat", "trt", "perlakuan", "intervensi",
    "intervention", "allocation", "alokasi", "condition", "kondisi",
}  # fmt: skip
TIME = {
    "time", "waktu", "timepoint", "visit", "kunjungan", "pengukuran", "day", "hari", "week", "minggu", "month", "bulan",
    "occasion", "period", "periode", "session", "tahap", "measurement", "when",
}  # fmt: skip
BEFORE = {"before", "pre", "pretest", "sebelum", "baseline", "awal", "prior", "first", "seb", "praintervensi"}
AFTER = {"after", "post", "posttest", "sesudah", "setelah", "akhir", "final", "last", "ses", "pasca", "endline", "set"}
MIDDLE = {"mid", "during", "middle", "tengah", "selama", "midpoint"}
CONTROL = {"control", "kontrol", "placebo", "plasebo", "usual", "standar", "standard", "ctrl", "pembanding"}
ABOUT_PEOPLE = {
    "age", "usia", "umur", "sex", "gender", "jk", "kelamin", "parity", "paritas", "education", "pendidikan",
    "pekerjaan", "occupation", "job", "bmi", "imt", "date", "tanggal", "tgl", "agama", "religion", "gravida", "status",
}  # fmt: skip
DAYS = {"day": 1, "hari": 1, "d": 1, "h": 1, "week": 7, "minggu": 7, "w": 7, "month": 30, "bulan": 30, "jam": 1 / 24,
        "hour": 1 / 24}  # fmt: skip
YES = {"yes", "y", "ya", "true", "benar", "berhasil", "success", "event", "events", "1", "ada"}
NO = {"no", "n", "tidak", "false", "salah", "gagal", "failure", "noevent", "0", "tdk", "bukan"}
STATISTICS: Mapping[str, Collection[str]] = {
    "n": {"n", "jumlah", "total", "size", "sampel"},
    "mean": {"mean", "average", "avg", "rata", "rerata", "m"},
    "sd": {"sd", "std", "stdev", "simpangan", "sb", "deviasi", "deviation"},
    "se": {"se", "sem"},
    "median": {"median", "med"},
    "q1": {"q1", "p25"},
    "q3": {"q3", "p75"},
    "minimum": {"min", "minimum"},
    "maximum": {"max", "maks", "maximum", "maksimum"},
    "ci_low": {"lower", "lcl", "low", "bawah", "ll"},
    "ci_high": {"upper", "ucl", "high", "atas", "ul"},
}
COUNTED: Mapping[str, Collection[str]] = {
    "yes": YES - {"1", "y"},
    "no": NO - {"0", "n"},
    "n": {"n", "jumlah", "total", "size"},
}
CHANGE = {"change", "delta", "selisih", "perubahan", "diff", "difference"}
PART = re.compile(r"[a-z]+|\d+|%", re.IGNORECASE)
BEGINS_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of(name: str) -> tuple[str, ...]:
    """The words and numbers of a heading: "ASI_hari7", "milkPre" → asi, hari, 7; milk, pre."""
    return tuple(part.casefold() for part in parts_in(name))


def parts_in(name: str) -> list[str]:
    """The same as they are written: "ASI_hari7" → ASI, hari, 7."""
    return PART.findall(BEGINS_A_WORD.sub(" ", name))


def says(name: str, meaning: Collection[str]) -> bool:
    """True where a heading has one of the words."""
    return any(word in meaning for word in words_of(name))


@dataclass(frozen=True, order=True)
class Moment:
    """When something was measured, told by a heading or a cell: its place in time, and the day where one is named."""

    order: float
    id: str
    day: float | None = None
    baseline: bool = False


def moment_in(text: str) -> tuple[Moment | None, tuple[str, ...]]:
    """The moment that a text names, and the words that are left: "milk day 7" → day 7, (milk,)."""
    words = words_of(text)
    for place, word in enumerate(words):
        if word in BEFORE:
            return Moment(-1, "before", baseline=True), without(words, place, _tail_of(words, place))
        if word in AFTER and _tail_of(words, place) is None:
            return Moment(1e6, "after"), without(words, place)
        if word in MIDDLE:
            return Moment(0, "during"), without(words, place)
    for place, word in enumerate(words):
        unit = word in DAYS or word in TIME or word in AFTER or word == "t"
        beside = next((at for at in (place + 1, place - 1) if 0 <= at < len(words) and words[at].isdigit()), None)
        if unit and beside is not None:
            count = int(words[beside][:9])
            day = count * DAYS[word] if word in DAYS else None
            baseline = count == 0 and word in (*DAYS, "t")
            return Moment(day if day is not None else count, f"{word}-{count}", day, baseline), without(
                words, place, beside
            )
    if len(words) > 1 and words[-1].isdigit():
        count = int(words[-1][:9])
        return Moment(count, f"time-{count}"), words[:-1]
    return None, words


def _tail_of(words: tuple[str, ...], place: int) -> int | None:
    """The place of a number, or of "test", right behind a word: "pre test", "post 2"."""
    behind = place + 1
    return behind if behind < len(words) and (words[behind].isdigit() or words[behind] == "test") else None


def without(words: tuple[str, ...], *places: int | None) -> tuple[str, ...]:
    """The words but those at some places."""
    return tuple(word for place, word in enumerate(words) if place not in places)
