"""What SPSS, and theses that retype it, call their tables, columns and rows: English and Indonesian.

Names are compared "squashed": lower case, letters and digits only, so that wrapped lines, hyphens and
brackets make no difference ("Asymp. Sig. (2-\\ntailed)" is "asympsig2tailed").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SPSS_TITLES = {
    "ranks": "Ranks",
    "test-statistics": "Test Statistics",
    "paired-statistics": "Paired Samples Statistics",
    "paired-correlations": "Paired Samples Correlations",
    "paired-test": "Paired Samples Test",
    "descriptives": "Descriptive Statistics",
    "group-statistics": "Group Statistics",
    "independent-test": "Independent Samples Test",
}

OTHER_TITLES = {
    "ranks": "rank peringkat tabelperingkat tabelranks",
    "test-statistics": "teststatistic statistikuji ujistatistik statistiktes statistikpengujian",
    "paired-statistics": "pairedsamplestatistics statistiksampelberpasangan statistiksampelpasangan",
    "paired-correlations": "pairedsamplecorrelations korelasisampelberpasangan",
    "paired-test": "pairedsampletest pairedsamplesttest pairedsamplettest ujisampelberpasangan ujitberpasangan",
    "descriptives": "descriptivestatistic statistikdeskriptif deskriptifstatistik",
    "group-statistics": "groupstatistic statistikkelompok statistikgrup",
    "independent-test": "independentsampletest independentsamplesttest independentsamplettest "
    "ujisampelindependen ujisampelbebas ujisampeltidakberpasangan ujittidakberpasangan",
    # tables that hold nothing the rules can use
    "unread": "testsofnormality ujinormalitas onesamplekolmogorovsmirnovtest anova chisquaretests "
    "caseprocessingsummary descriptives frequencies statistics modelsummary coefficients pairedsampleseffectsizes "
    "independentsampleseffectsizes hypothesistestsummary testofhomogeneityofvariances ujihomogenitas correlations "
    "onesamplestatistics onesampletest multiplecomparisons riskestimate",
    # headings above the tables of one procedure
    "section": "npartests npartest ttest wilcoxonsignedrankstest wilcoxonsignedranktest mannwhitneytest "
    "ujiwilcoxon ujimannwhitney ujiperingkatbertandawilcoxon ujit kruskalwallistest",
}

COLUMNS = {
    "n": "n jumlah jumlahsampel jumlahresponden frekuensi",
    "mean_rank": "meanrank meanranks ratarataperingkat rerataperingkat reratarank rataratarank meanperingkat "
    "peringkatratarata rataanperingkat",
    "rank_sum": "sumofranks sumofrank sumranks jumlahperingkat jumlahrank totalperingkat",
    "mean": "mean rerata ratarata rataan meandifference perbedaanrerata selisihrerata bedarerata perbedaanratarata "
    "selisihratarata bedamean perbedaanmean",
    "sd": "stddeviation standarddeviation stdeviation stddev sd simpanganbaku simpangbaku standardeviasi stddeviasi "
    "deviasistandar",
    "se": "stderrormean standarderrormean stderror se sem galatbaku galatbakurerata galatbakuratarata standarerror "
    "standarerrorrerata standarerrormean kesalahanstandar stderrordifference standarderrordifference "
    "perbedaangalatbaku galatbakuperbedaan",
    "minimum": "minimum min terendah",
    "maximum": "maximum maksimum max maks tertinggi",
    "q25": "25th persentil25",
    "median": "median 50thmedian persentil50",
    "q75": "75th persentil75",
    "low": "lower bawah batasbawah",
    "high": "upper atas batasatas",
    "r": "correlation korelasi r",
    "f": "f",
    "t": "t thitung",
    "df": "df derajatbebas derajatkebebasan dk",
    "sig": "sig signifikansi",
    "p": "sig2tailed sig2ekor sig2sisi sig2arah twosidedp p pvalue nilaip asympsig2tailed asympsig "
    "asymptoticsig2tailed asympsig2ekor asympsig2sisi sigasimtotik2ekor sigasimtotik2sisi sigasimtotik",
    "p_one": "onesidedp sig1tailed sig1ekor sig1sisi",
    "p_untied": "exactsig21tailedsig exactsig21ekorsig sigeksak21ekorsig sigtepat21ekorsig",
    "p_exact": "exactsig2tailed exactsig2ekor sigeksak2ekor sigtepat2ekor sigeksak2sisi",
    "p_exact_one": "exactsig1tailed exactsig1ekor sigeksak1ekor sigtepat1ekor",
    "point": "pointprobability probabilitastitik",
    "z": "z nilaiz zhitung",
    "u": "mannwhitneyu umannwhitney",
    "w": "wilcoxonw",
    "chi_square": "chisquare kaikuadrat chikuadrat kruskalwallish",
}
STATISTICS = frozenset(
    {"z", "u", "w", "p", "sig", "p_one", "p_untied", "p_exact", "p_exact_one", "point", "chi_square", "df"}
)

ROWS = {
    "negative": "negativeranks negativerank peringkatnegatif ranknegatif rankingnegatif",
    "positive": "positiveranks positiverank peringkatpositif rankpositif rankingpositif",
    "ties": "ties tie seri serities tiesseri nilaisama peringkatsama peringkatseri",
    "total": "total jumlah jumlahtotal totaljumlah",
    "equal": "equalvariancesassumed variansdiasumsikansama varianssama asumsivarianssama variansamadiasumsikan",
    "unequal": "equalvariancesnotassumed variansdiasumsikantidaksama varianstidaksama asumsivarianstidaksama "
    "varianssamatidakdiasumsikan",
    "listwise": "validnlistwise nvalidlistwise",
}

BEFORE = re.compile(r"(?<![a-z])(?:sebelum\w*|before|baseline|awal|pre(?:[ -]?tes\w*)?|t0)(?![a-z])")
AFTER = re.compile(r"(?<![a-z])(?:sesudah\w*|setelah\w*|after|akhir|post(?:[ -]?tes\w*)?|postes\w*)(?![a-z])")
NEGATIVE_RANKS = re.compile(r"negati(?:ve|f)")
POSITIVE_RANKS = re.compile(r"positi(?:ve|f)")
PAIR = re.compile(r"^\W*(?:pair|pasangan)\s*\d+\W*", re.IGNORECASE)
TABLE_NUMBER = re.compile(r"^\W*(?:tabel|table)\s*[\d.]+\w?\W*", re.IGNORECASE)
WIDEST = 6  # words in the longest column name


def squash(text: str) -> str:
    """Lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", text.lower())


def _by_phrase(names: Mapping[str, str]) -> dict[str, str]:
    return {phrase: name for name, phrases in names.items() for phrase in phrases.split()}


COLUMN_OF, ROW_OF = _by_phrase(COLUMNS), _by_phrase(ROWS)
TITLE_OF = {squash(title): kind for kind, title in SPSS_TITLES.items()} | _by_phrase(OTHER_TITLES)


def title_of(text: str) -> str:
    """The kind of table whose title this line is, or "unread" or "section", or blank."""
    words = squash(TABLE_NUMBER.sub("", text))
    marked = re.sub(r"[a-d]{1,3}$", "", words)
    return TITLE_OF.get(words) or TITLE_OF.get(marked, "")


def columns_in(text: str) -> list[str]:
    """Column names in a heading, in their order, longest names first; other words are skipped."""
    words = [word for word in map(squash, re.split(r"[\s/|;]+", text)) if word]
    found, at = [], 0
    while at < len(words):
        for width in range(min(WIDEST, len(words) - at), 0, -1):
            if name := COLUMN_OF.get("".join(words[at : at + width])):
                found.append(name)
                break
        else:
            width = 1
        at += width
    return list(dict.fromkeys(found))


def statistic_of(label: str) -> str:
    """The statistic that a row of Test Statistics is about, or blank."""
    name = COLUMN_OF.get(squash(label), "")
    return {"sig": "p"}.get(name, name) if name in STATISTICS else ""


def row_of(label: str) -> tuple[str, str]:
    """The name of a row that a label ends with, and the words before it ("A - B Ties" → "ties", "A - B")."""
    name, before = _ending(label.split())
    again, rest = _ending(before)
    return name, " ".join(rest if name and again == name else before)  # "Peringkat Negatif / Negative Ranks"


def _ending(words: list[str]) -> tuple[str, list[str]]:
    for start in range(max(0, len(words) - WIDEST), len(words)):
        if squash(words[start]) and (name := ROW_OF.get(squash("".join(words[start:])))):
            before = words[:start]
            return name, before[:-1] if before[-1:] == ["/"] else before
    return "", words


def time_of(name: str) -> str:
    """ "before" or "after" where a variable's name says so, else blank."""
    before, after = bool(BEFORE.search(name.lower())), bool(AFTER.search(name.lower()))
    if before == after:
        return ""
    return "before" if before else "after"
