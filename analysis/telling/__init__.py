"""Results as sentences and scripts to take away, in both languages.

Effect and interval come before p, signs are kept, and how the data are known is always said.
"""

from analysis.telling.effects import effect_text, interval_text, is_ratio, kind_name, number_of, row_effect, slope_of
from analysis.telling.interventions import found_said, number_said, studied_said, sure_said
from analysis.telling.lines import (
    conclusion_line,
    effect_line,
    envelope_line,
    estimate_line,
    other_effect_line,
    printed_line,
    reach_words,
    test_line,
)
from analysis.telling.pictures import assumption_sentence, change_map_sentence, correlation_sentence, strip_sentence
from analysis.telling.power import amount_said, level_said, needed_sentence, power_sentence
from analysis.telling.sentences import between_sentence, descriptives, printed_sentence, statistic_name, within_sentence
from analysis.telling.summary import (
    capitalised,
    cautions,
    cell_hover,
    counted,
    each_said,
    headline,
    line_name,
    map_sentence,
    n_said,
    plainly,
    reason_said,
    spread_line,
    tally_said,
    treatment_name,
    when_said,
)

__all__ = [
    "amount_said",
    "assumption_sentence",
    "between_sentence",
    "capitalised",
    "cautions",
    "cell_hover",
    "change_map_sentence",
    "conclusion_line",
    "correlation_sentence",
    "counted",
    "descriptives",
    "each_said",
    "effect_line",
    "effect_text",
    "envelope_line",
    "estimate_line",
    "found_said",
    "headline",
    "interval_text",
    "is_ratio",
    "kind_name",
    "level_said",
    "line_name",
    "map_sentence",
    "n_said",
    "needed_sentence",
    "number_of",
    "number_said",
    "other_effect_line",
    "plainly",
    "power_sentence",
    "printed_line",
    "printed_sentence",
    "reach_words",
    "reason_said",
    "row_effect",
    "slope_of",
    "spread_line",
    "statistic_name",
    "strip_sentence",
    "studied_said",
    "sure_said",
    "tally_said",
    "test_line",
    "treatment_name",
    "when_said",
    "within_sentence",
]
