"""A sheet → the layout that its headings and cells suggest, for the user to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analysis.studies import Arm, Measure, Timepoint
from analysis.uploads.layout import Layout, Measured, Shape, id_of, same_words
from analysis.uploads.personal import personal_columns
from analysis.uploads.sheets import Column, Sheet
from analysis.uploads.vocabulary import (
    ABOUT_PEOPLE,
    ARM,
    CHANGE,
    CONTROL,
    COUNTED,
    NO,
    PARTICIPANT,
    STATISTICS,
    TIME,
    YES,
    Moment,
    moment_in,
    parts_in,
    says,
    words_of,
)

MOST_ARMS = 12
MOST_TIMES = 24
MOST_ROWS_OF_SUMMARIES = 200
LONGEST_SCORE = 11  # different whole values of a score


def propose(sheet: Sheet, shape: Shape | None = None) -> Layout:
    """What each column is likely to be; `shape` is the user's where the proposed one is wrong."""
    shape = shape or shape_of(sheet)
    if shape in ("counts", "summaries"):
        return _of_printed(sheet, shape)
    participant = _participant(sheet)
    arm = _arm(sheet, participant)
    return _long(sheet, participant, arm) if shape == "long" else _wide(sheet, participant, arm)


def shape_of(sheet: Sheet) -> Shape:
    """Counts or summaries by their headings; long where people, or times, stand one below the other; else wide."""
    if len(sheet.filled) <= MOST_ROWS_OF_SUMMARIES:
        if _summarised(sheet):
            return "summaries"
        if _counted(sheet):
            return "counts"
    participant = _participant(sheet)
    return "long" if _times(sheet, participant) else "wide"


# -- people's values ---------------------------------------------------------------------------------------------------


def _participant(sheet: Sheet) -> str:
    """A column named for it, else the first in which every cell differs and that isn't measured."""
    named = [c for c in sheet.columns if says(c.name, PARTICIPANT) and not says(c.name, ARM) and c.kind != "empty"]
    named = [c for c in named if moment_in(c.name)[0] is None or len(words_of(c.name)) == 1]
    if named:
        return named[0].name
    personal = personal_columns(sheet)
    for column in sheet.columns:
        codes = column.name in personal or column.kind == "text" or _counts_up(column)
        if codes and len(sheet.filled) > 2 and len(set(column.texts)) == len(column.texts) and all(column.texts):
            return column.name
    return ""


def _counts_up(column: Column) -> bool:
    return column.numbers == tuple(float(place) for place in range(1, len(column.cells) + 1))


def _arm(sheet: Sheet, participant: str) -> str:
    """A column of few words in which nobody changes, by its name or because nothing else holds words."""
    columns = [c for c in sheet.columns if c.name != participant and 2 <= _different(c) <= MOST_ARMS]
    columns = [c for c in columns if not says(c.name, ABOUT_PEOPLE) and not _varies_within(sheet, participant, c)]
    named = [c for c in columns if says(c.name, ARM)]
    worded = [c for c in columns if (c.kind == "text" or c.labels) and not _yes_words(c) and not says(c.name, TIME)]
    worded = [c for c in worded if moment_in(c.name)[0] is None and c.name not in personal_columns(sheet)]
    return next((column.name for column in (*named, *worded)), "")


def _different(column: Column) -> int:
    return len(column.levels)


def _varies_within(sheet: Sheet, participant: str, column: Column) -> bool:
    """True where the same person has several of a column's texts."""
    if not participant:
        return False
    people = sheet.column(participant).texts
    if len(set(people)) == len(people):
        return False
    pairs = {(who, text) for who, text in zip(people, column.texts, strict=True) if who and text}
    return max(Counter(who for who, _ in pairs).values(), default=1) > 1


def _times(sheet: Sheet, participant: str) -> str:
    """The column that says when, where people or times stand one below the other: each person has each time once."""
    columns = [c for c in sheet.columns if c.name != participant and 2 <= _different(c) <= MOST_TIMES]
    people = sheet.column(participant).texts if participant else ()
    if people and len(set(people)) < len(people):
        repeating = [c for c in columns if _names_times(c) and _once_each(people, c.texts)]
        named = [c for c in repeating if says(c.name, TIME) or says(c.name, ARM)]
        few = sorted(repeating, key=_different)
        return next((column.name for column in (*named, *few)), "")
    named = [c for c in columns if words_of(c.name) and words_of(c.name)[-1] in TIME]
    return named[0].name if not people and named else ""


def _names_times(column: Column) -> bool:
    """True for words, codes and whole numbers, which may say when; measurements don't."""
    return column.kind == "text" or all(value is None or value.is_integer() for value in column.numbers)


def _once_each(people: Sequence[str], texts: Sequence[str]) -> bool:
    pairs = [(who, text) for who, text in zip(people, texts, strict=True) if who and text]
    different = set(texts) - {""}
    return len(set(pairs)) >= 0.9 * len(pairs) and len(different) <= 2 * len(pairs) / max(1, len({p for p, _ in pairs}))


def _long(sheet: Sheet, participant: str, arm: str) -> Layout:
    time = _times(sheet, participant)
    arm = "" if arm == time else arm
    values = _values(sheet, {participant, arm, time})
    values = sorted(values, key=lambda column: -_different(column))[:1]
    times = timepoints_in(sheet.column(time)) if time else {"": Timepoint("measured", _words("Measured"), None)}
    outcomes, measured, yes = {}, [], {}
    for column in values:
        key = id_of(column.name, outcomes, "outcome")
        outcomes[key], yes[key] = measure_of(key, column.label or column.name, [column])
        measured.append(Measured(column.name, key))
    return Layout("long", participant, arm, time, tuple(measured), outcomes, arms_in(sheet, arm), times, yes)


def timepoints_in(column: Column) -> dict[str, Timepoint]:
    """A timepoint for every text of a column, in time where the texts say so, else as they come."""
    moments = {text: _moment(text, place) for place, text in enumerate(column.levels)}
    found: dict[str, Timepoint] = {}
    for text in sorted(moments, key=lambda text: moments[text].order):
        key = id_of(text, {time.id for time in found.values()}, "time")
        found[text] = Timepoint(key, same_words(text), moments[text].day, moments[text].baseline)
    return found


def _moment(text: str, place: int) -> Moment:
    words = words_of(text)
    found = moment_in(text)[0]
    if len(words) == 1 and words[0].isdigit():
        return Moment(float(words[0][:9]), text)
    return found or Moment(float(place), text)


def _wide(sheet: Sheet, participant: str, arm: str) -> Layout:
    columns = _values(sheet, {participant, arm})
    named = {c.name: moment_in(c.name) for c in columns}
    stems = Counter(stem for moment, stem in named.values() if moment)
    timed = [(c, moment, stem) for c in columns for moment, stem in [named[c.name]] if moment and stems[stem] > 1]
    if not timed:
        timed = _untimed(columns, bool(arm))
    times = {m.id: m for _, m, _ in timed}
    labels = {key: _time_label(key) for key in times}
    timepoints = {
        m.id: Timepoint(id_of(m.id, (), "time"), labels[m.id], m.day, m.baseline) for m in sorted(times.values())
    }
    outcomes: dict[str, Measure] = {}
    keys: dict[tuple[str, ...], str] = {}
    yes, measured = {}, []
    for column, moment, stem in timed:
        if stem not in keys:
            keys[stem] = key = id_of("-".join(stem) or "outcome", outcomes, "outcome")
            those = [c for c, _, other in timed if other == stem]
            outcomes[key], yes[key] = measure_of(key, _label_of(those, stem), those)
        measured.append(Measured(column.name, keys[stem], moment.id))
    return Layout("wide", participant, arm, "", tuple(measured), outcomes, arms_in(sheet, arm), timepoints, yes)


Timed = tuple[Column, Moment, tuple[str, ...]]


def _untimed(columns: list[Column], groups: bool) -> list[Timed]:
    """No heading says when: of one group, the two columns that differ most are two times; else one is the outcome."""
    fullest = sorted(columns, key=lambda column: -_different(column))
    if len(columns) >= 2 and not groups:
        two = [column for column in columns if column in fullest[:2]]
        return [(c, Moment(place, id_of(c.name, (), f"time-{place}")), ()) for place, c in enumerate(two)]
    return [(column, Moment(0, "measured"), words_of(column.name) or (column.letter,)) for column in fullest[:1]]


def _label_of(columns: list[Column], stem: tuple[str, ...]) -> str:
    written = {part.casefold(): part for part in parts_in(columns[0].name)}
    named = " ".join(written.get(word, word) for word in stem)
    return next((c.label for c in columns if c.label and len(columns) == 1), named or "Outcome")


TIME_WORDS = {"before": {"en": "Before", "id": "Sebelum"}, "after": {"en": "After", "id": "Sesudah"},
              "during": {"en": "During", "id": "Selama"}, "measured": {"en": "Measured", "id": "Diukur"}}  # fmt: skip


def _time_label(key: str) -> dict[str, str]:
    return TIME_WORDS.get(key) or same_words(key.replace("-", " ").capitalize())


def _words(text: str) -> dict[str, str]:
    return TIME_WORDS.get(text.casefold()) or same_words(text)


def _values(sheet: Sheet, others: Iterable[str]) -> list[Column]:
    """Columns that may hold an outcome: numbers, or words for yes and no."""
    taken = {*others, *personal_columns(sheet)}
    free = [c for c in sheet.columns if c.name not in taken and not says(c.name, ABOUT_PEOPLE)]
    return [c for c in free if (c.kind == "number" and not _counts_up(c)) or _yes_words(c)]


def _yes_words(column: Column) -> bool:
    """True for a column whose words are all yes or no."""
    levels = {level.casefold() for level in column.levels}
    return bool(levels) and levels <= YES | NO and not levels <= {"0", "1", "y", "n"}


def measure_of(key: str, label: str, columns: list[Column]) -> tuple[Measure, frozenset[str]]:
    """An outcome of these columns, its scale as the values suggest; unit, direction and family are the user's to say.

    The set holds the texts that count as yes, where it is asked yes or no.
    """
    levels = {level for column in columns for level in column.levels}
    yes = frozenset(level for level in levels if level.casefold() in YES)
    if levels and {level.casefold() for level in levels} <= YES | NO:
        return Measure(key, same_words(label), same_words(""), "binary", "", 0, 1), yes
    values = [value for column in columns for value in column.numbers if value is not None]
    different = set(values)
    blank = Measure(key, same_words(label), same_words(""), "continuous", "")
    if values and len(different) <= LONGEST_SCORE and all(value.is_integer() for value in different):
        coded = {float(cell) for c in columns for cell in c.labels if isinstance(cell, int | float)}
        ends = different | (coded if all(c.labels for c in columns) else set())
        if max(ends) - min(ends) < LONGEST_SCORE:
            return replace(blank, scale="ordinal", low=int(min(ends)), high=int(max(ends))), frozenset()
    return blank, frozenset()


def arms_in(sheet: Sheet, arm: str) -> dict[str, Arm]:
    """An arm for every text of the column; texts that differ in capitals and blanks only are one."""
    texts = sheet.column(arm).levels if arm else ("",)
    found: dict[str, Arm] = {}
    by_words: dict[str, Arm] = {}
    for text in texts:
        plain = " ".join(text.casefold().split())
        if plain not in by_words:
            key = id_of(text, {one.id for one in by_words.values()}, f"group-{len(by_words) + 1}")
            by_words[plain] = _new_arm(key if text else "all", text, alone=len(texts) == 1)
        found[text] = by_words[plain]
    return found


def _new_arm(key: str, text: str, alone: bool) -> Arm:
    role = "single" if alone else "control" if says(text, CONTROL) else "intervention"
    blank = same_words("")
    label = same_words(text) if text else {"en": "All", "id": "Semua"}
    return Arm(key, label, role, None, "not printed", blank, blank, blank)


# -- counts and summaries ----------------------------------------------------------------------------------------------


def _named_for(sheet: Sheet, meanings: dict[str, Callable[[str], bool]]) -> dict[str, list[Column]]:
    numeric = [column for column in sheet.columns if column.kind == "number"]
    return {key: [c for c in numeric if fits(c.name)] for key, fits in meanings.items()}


def _counted(sheet: Sheet) -> dict[str, list[Column]]:
    """Columns of counts: how many said yes, and how many no or how many there were; empty where there are none."""
    found = _named_for(sheet, {key: lambda name, w=words: _is_word(name, w) for key, words in COUNTED.items()})
    return found if found["yes"] and (found["no"] or found["n"]) else {}


def _is_word(name: str, meaning: Iterable[str]) -> bool:
    words = [word for word in moment_in(name)[1] if word not in ("jumlah", "count")] or list(words_of(name))
    return bool(words) and words[0] in meaning


def _summarised(sheet: Sheet) -> dict[str, list[Column]]:
    """Columns of summaries by statistic: a mean or median, and a spread or n beside it; empty where there are none."""
    found = _named_for(sheet, {key: lambda name, w=words: says(name, w) for key, words in STATISTICS.items()})
    middle, beside = found["mean"] or found["median"], found["sd"] or found["se"] or found["q1"] or found["ci_low"]
    return found if middle and (beside or found["n"]) else {}


def _of_printed(sheet: Sheet, shape: Shape) -> Layout:
    """Columns of counts or summaries; an arm, and a time, where a column of words says them."""
    found = _counted(sheet) if shape == "counts" else _summarised(sheet)
    taken = {column.name for columns in found.values() for column in columns}
    free = [c for c in sheet.columns if c.name not in taken and c.kind != "empty"]
    time = next((c.name for c in free if says(c.name, TIME)), "")
    arm = next((c.name for c in free if says(c.name, ARM) and c.name != time), "")
    arm = arm or next((c.name for c in free if c.kind == "text" and c.name != time), "")
    key, scale = ("outcome", "binary" if shape == "counts" else "continuous")
    measured: list[Measured] = []
    moments: dict[str, Moment] = {}
    for statistic, columns in found.items():
        for column in columns:
            moment = None if time else _moment_of(column.name)
            moments |= {moment.id: moment} if moment else {}
            changes = shape == "summaries" and says(column.name, CHANGE) and statistic != "n"
            named = f"change_{statistic}" if changes else statistic
            measured.append(Measured(column.name, key, moment.id if moment else "", named))
    times = timepoints_in(sheet.column(time)) if time else _printed_times(moments)
    ends = (0, 1) if shape == "counts" else (None, None)
    outcome = Measure(key, {"en": "Outcome", "id": "Hasil"}, same_words(""), scale, "", *ends)
    return Layout(shape, "", arm, time, tuple(measured), {key: outcome}, arms_in(sheet, arm), times)


def _moment_of(name: str) -> Moment | None:
    """The moment that a heading of a statistic names: "mean_pre", "sd week 4"."""
    found, _ = moment_in(name)
    return None if found and found.id.startswith("time-") else found


def _printed_times(moments: dict[str, Moment]) -> dict[str, Timepoint]:
    named = sorted(moments.values())
    found = {m.id: Timepoint(id_of(m.id), _time_label(m.id), m.day, m.baseline) for m in named}
    return found or {"": Timepoint("measured", TIME_WORDS["measured"], None)}
