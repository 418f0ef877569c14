"""A file that is refused, with the key of the sentence that says why."""

from __future__ import annotations


class Refused(Exception):
    """`key` names a sentence of `upload-refused` in the words, `values` what it mentions."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
