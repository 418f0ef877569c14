"""Results → whole documents in the reader's language: HTML, Word, PDF, and their references as BibTeX and RIS.

A report is built once (`of_study`, `of_questions`, `of_answer`, `of_interventions`, `of_decision`) out of plain blocks
and written in any form; the same choices give the same bytes.
"""

from analysis.plots.reports.blocks import Block, Code, Document, Heading, Items, Paragraph, Plot, Table
from analysis.plots.reports.decided import of_decision
from analysis.plots.reports.pooled import of_answer, of_interventions
from analysis.plots.reports.studied import of_study
from analysis.plots.reports.tested import Tested, of_questions
from analysis.plots.reports.writing import FORMS, Form, save, written

__all__ = [
    "FORMS",
    "Block",
    "Code",
    "Document",
    "Form",
    "Heading",
    "Items",
    "Paragraph",
    "Plot",
    "Table",
    "Tested",
    "of_answer",
    "of_decision",
    "of_interventions",
    "of_questions",
    "of_study",
    "save",
    "written",
]
