"""The same comparison in several procedures, and described in another table, becomes one."""

from __future__ import annotations

from dataclasses import replace

from analysis.checks.spss.comparison import Facts, Sample
from analysis.checks.spss.procedures import comparisons, rows_of, sample_of
from analysis.checks.spss.tables import Pasted, Row
from analysis.checks.spss.vocabulary import squash, time_of


def facts(pasted: Pasted) -> tuple[Facts, ...]:
    """One `Facts` per comparison: rank tests and t tests are one where they name the same two samples."""
    return _described(_joined(comparisons(pasted)), rows_of(pasted, "descriptives"))


def _joined(found: list[Facts]) -> list[Facts]:
    """Comparisons of the same design and the same two names become one."""
    joined: list[Facts] = []
    for new in found:
        same = next((old for old in joined if _is_same(old, new)), None)
        if same is None:
            joined.append(new)
        else:
            joined[joined.index(same)] = _merged(same, new)
    return joined


def _is_same(a: Facts, b: Facts) -> bool:
    names = [tuple(squash(sample.name) for sample in (f.first, f.second)) for f in (a, b)]
    free = not (a.mean_test.t and b.mean_test.t) and not (a.ranks.z and b.ranks.z)
    return a.design == b.design and names[0] == names[1] and all(names[0]) and free


def _merged(a: Facts, b: Facts) -> Facts:
    """Fields of both; where both print one, the first is kept (the rules then see the other's test)."""
    empty = Facts(a.design)
    kept = {
        name: getattr(a, name) if getattr(a, name) != getattr(empty, name) else getattr(b, name)
        for name in ("name", "r", "p_r", "groups", "signs", "ranks", "mean_test", "welch")
    }
    return Facts(
        a.design, **kept, first=_filled(a.first, b.first), second=_filled(a.second, b.second),
        notes=tuple(dict.fromkeys((*a.notes, *b.notes))),
    )  # fmt: skip


def _filled(a: Sample, b: Sample) -> Sample:
    return Sample(**{name: getattr(a, name) or getattr(b, name) for name in Sample.__dataclass_fields__})


def _described(found: list[Facts], rows: list[Row]) -> tuple[Facts, ...]:
    """*Descriptive Statistics* belong to the samples of the same name, or are a before and an after themselves."""
    samples = [sample_of(row) for row in rows]
    by_name = {squash(sample.name): sample for sample in samples}
    described = [
        replace(f, **{part: _filled(getattr(f, part), by_name.get(squash(getattr(f, part).name), Sample()))
                      for part in ("first", "second")})
        for f in found
    ]  # fmt: skip
    samples_at = {time_of(sample.name): sample for sample in samples}
    if not found and len(samples) == 2 and samples_at.keys() == {"before", "after"}:
        described.append(Facts("paired", "", samples_at["before"], samples_at["after"]))
    return tuple(described)
