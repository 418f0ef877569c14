"""From a digest of published studies to study folders.

`data/_digest/studies.json` holds the figures as they were seen, one record per publication;
`data/_digest/judgements/<record>.toml` holds what a person decided about a record: what its arms, outcomes and
tests are, in both languages. `python -m analysis.digest` joins the two and writes `data/<id>/`. No number is typed
twice: every figure of a folder comes from the JSON, every sentence from the judgement.

reading.py    records and judgements, and everything that is wrong with them
figures.py    a record's rows as figures.csv, its tests as claims.csv
card.py       study.toml as a table
shelf.py      what is on disk already: ours, edited by hand, reviewed, or somebody's own
"""

from analysis.digest.shelf import Planned, State, plan, states

__all__ = ["Planned", "State", "plan", "states"]
