"""Checked data for other programs: one study or any choice as tables that they read, in one .zip.

`package` is a Frictionless Data Package: effects and arms for metafor, arms for CINeMA and network programs, every
printed number with its verdict, risk of bias, RevMan's own files, and the references as RIS and BibTeX. Each row says
how its numbers are known and what arithmetic says of them. Names of columns are those of the programs, or ids.

    rows (what is taken) → effects, printed, revman (tables of it) → package
"""

from analysis.telling.exchange.package import licence_said, package
from analysis.telling.exchange.printed import printed_numbers
from analysis.telling.exchange.rows import Part, Taken, of_answer, of_study

__all__ = ["Part", "Taken", "licence_said", "of_answer", "of_study", "package", "printed_numbers"]
