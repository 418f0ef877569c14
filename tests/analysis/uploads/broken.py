"""Files that go wrong, made from a seed: cut off, damaged, misnamed, too large, hostile, or merely odd."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tests.analysis.uploads.files import MAIN, dta, ods, ods_parts, packed, sav, xlsx, xlsx_parts

HEAD = ("id", "group", "before", "after")
ROWS = (HEAD, *((f"P{n}", "ab"[n % 2], 300.5 + n, 310.25 + 2 * n) for n in range(30)))
FRAME = pd.DataFrame(ROWS[1:], columns=HEAD)
CSV = "\n".join(",".join(map(str, row)) for row in ROWS).encode()
SHARES = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999)

Broken = tuple[str, bytes]  # file name, content


def whole(folder: Path) -> dict[str, bytes]:
    """A good file of every kind, by its ending."""
    return {
        "csv": CSV,
        "tsv": CSV.replace(b",", b"\t"),
        "xlsx": xlsx(ROWS),
        "ods": ods(ROWS),
        "sav": sav(FRAME, folder),
        "zsav": sav(FRAME, folder, compress=True),
        "dta": dta(FRAME, folder),
    }


def broken_files(folder: Path, seed: int = 1) -> list[Broken]:
    """At least two hundred files, each with a name that says what is wrong with it."""
    good = whole(folder)
    draw = random.Random(seed)
    return [
        *_damaged(good, draw),
        *_misnamed(good),
        *_not_tables(draw),
        *_texts(),
        *_tables(),
        *_packages(),
    ]


def _damaged(good: dict[str, bytes], draw: random.Random) -> Iterator[Broken]:
    for ending, content in good.items():
        for share in SHARES:
            yield f"cut off at {share}.{ending}", content[: max(1, int(share * len(content)))]
            changed = bytearray(content)
            for _ in range(max(1, int(len(content) * share / 20))):
                changed[draw.randrange(len(content))] = draw.randrange(256)
            yield f"changed at {share}.{ending}", bytes(changed)


def _misnamed(good: dict[str, bytes]) -> Iterator[Broken]:
    for ending, content in good.items():
        for other in (*good, "xls", "pdf"):
            if other != ending:
                yield f"really {ending}.{other}", content


def _not_tables(draw: random.Random) -> Iterator[Broken]:
    yield "nothing.csv", b""
    yield "blanks.csv", b" \n\t \r\n"
    yield "a mark only.csv", b"\xef\xbb\xbf"
    yield "nothing.xlsx", b""
    yield "an empty package.xlsx", packed({})
    yield "a package of something else.xlsx", packed({"word/document.xml": "<w:document/>"})
    yield "an empty sheet.xlsx", xlsx(())
    yield "an empty sheet.ods", ods(())
    yield "no sheets.xlsx", packed(xlsx_parts({}))
    yield "a page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"
    yield "a picture.csv", b"\x89PNG\r\n\x1a\n" + draw.randbytes(2000)
    yield "a document.csv", b"%PDF-1.7\n" + draw.randbytes(2000)
    yield "an archive.csv", b"\x1f\x8b\x08" + draw.randbytes(2000)
    yield "an old workbook.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    for size in (1, 10, 1000, 100_000):
        yield f"{size} random bytes.csv", draw.randbytes(size)
        yield f"{size} zeros.csv", bytes(size)
        yield f"{size} random bytes.sav", b"$FL2" + draw.randbytes(size)
        yield f"{size} random bytes.dta", b"<stata_dta>" + draw.randbytes(size)
        yield f"{size} random bytes.xlsx", b"PK\x03\x04" + draw.randbytes(size)
    yield "the far cell.xlsx", packed(xlsx_parts({"Data": FAR}))


FAR = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
)


def _texts() -> Iterator[Broken]:
    yield "mixed encodings.csv", "nama,pre\nAndré,1\n".encode() + "Gießen,2\n".encode("cp1252")
    yield "arabic.csv", "الاسم,قبل,بعد\nسارة,1,2\nليلى,3,4\n".encode()
    yield "arabic in windows.csv", "الاسم,قبل,بعد\nسارة,1,2\n".encode("cp1256")
    yield "emoji.csv", "👩‍🍼,🥛 before,🥛 after\n1,2.5,3\n2,3.5,5\n".encode()
    yield "right to left.csv", "\u202eid,\u202egroup,x\n1,\u202ea,2\n2,b,3\n".encode()
    yield "no end.csv", b'id,x\n1,"2\n3,4\n'
    yield "quotes.csv", b'"""id""","x""\n1,2\n'
    yield "only separators.csv", b",,,,\n,,,,\n"
    yield "only a header.csv", b"id,before,after\n"
    yield "one number.csv", b"7"
    yield "one word.csv", b"milk"
    yield "zeros between.csv", b"id,x\n1,\x002\n2,\x003\n"
    yield "old line ends.csv", b"id,pre,post\r1,2,3\r2,3,5\r"
    yield "mixed line ends.csv", b"id,pre,post\r\n1,2,3\n2,3,5\r3,4,4"
    yield "ragged.csv", b"id,pre,post\n1\n1,2,3,4,5,6\n,,,\n2,2\n"
    yield (
        "a very wide header.csv",
        (",".join(f"column {n}" for n in range(10_000)) + "\n" + "1," * 9_999 + "1").encode(),
    )
    yield "a very long name.csv", b"x" * 90_000 + b",y\n1,2\n3,4\n"
    yield "a too long name.csv", b"x" * 200_000 + b",y\n1,2\n"
    yield "a million rows.csv", b"id,pre,post\n" + b"1,2,3\n" * 1_000_000
    yield "columns and rows.csv", b"1,2,3,4,5,6,7,8,9\n" * 120_000
    yield "a long line.csv", b"1," * 700_000
    yield "utf-16 without mark.csv", CSV.decode().encode("utf-16-be")
    yield "half of a letter.csv", "id,x\n1,é".encode()[:-1]
    yield "html inside.csv", b"<b>id</b>,<script>alert(1)</script>\n1,2\n2,<img src=x>\n"
    yield "markdown inside.csv", b"**id**,[x](http://x),$a$\n1,2,3\n2,3,4\n"
    yield "json.csv", b'{"id": [1, 2], "x": [3, 4]}'


def _tables() -> Iterator[Broken]:
    yield "twice the same person.csv", b"id,pre,post\n1,2,3\n1,2,3\n2,3,4\n"
    yield "twice the same column.csv", b"id,pre,pre,post,post\n1,2,3,4,5\n2,3,4,5,6\n"
    yield "everybody is the same.csv", b"id,group,x\n" + b"1,a,2\n" * 50
    yield "a group each.csv", b"id,group,x\n" + b"".join(b"%d,g%d,%d\n" % (n, n, n) for n in range(200))
    yield "nothing differs.csv", b"id,group,pre,post\n" + b"".join(b"%d,a,3,3\n" % n for n in range(20))
    yield "no numbers.csv", b"id,pre,post\n1,a,b\n2,c,d\n"
    for word in (
        "NaN",
        "inf",
        "-inf",
        "1e308",
        "1e309",
        "-1e308",
        "1e-320",
        "#DIV/0!",
        "NULL",
        "9" * 400,
        "0x10",
        "1_0",
    ):
        safe = word.replace("/", "")[:9]
        yield f"{safe} somewhere.csv", f"id,group,pre,post\n1,a,2.5,{word}\n2,a,3.5,4\n3,b,{word},5\n4,b,4,5\n".encode()
        yield f"{safe} everywhere.csv", ("id,pre,post\n" + "".join(f"{n},{word},{word}\n" for n in range(9))).encode()
    yield "counts below zero.csv", b"group,yes,no\na,-3,4\nb,2.5,3\n"
    yield "counts beyond counting.csv", b"group,yes,no\na,99999999999999999999,4\nb,2,3\n"
    yield "an sd below zero.csv", b"group,n,mean,sd\na,10,3,-1\nb,0,3,1\nc,x,3,1\n"
    yield "summaries of nobody.csv", b"group,n,mean,sd\na,0,3,1\nb,,,\n"
    yield "dates.csv", b"id,date,pre,post\n1,2025-01-01,3,4\n2,01/02/2025,4,5\n"
    yield "mixed decimals.csv", b"id;pre;post\n1;1,5;1.5\n2;1.234,5;1,234.5\n3;2;3\n"


def _packages() -> Iterator[Broken]:
    bomb = xlsx_parts({"Data": ROWS})
    yield "a bomb.xlsx", packed({**bomb, "xl/more.xml": b" " * (250 << 20)})
    yield "a bomb by its list.xlsx", packed(bomb, said=250 << 20)
    yield "a bomb.ods", packed({**ods_parts(ROWS), "more.xml": b" "}, said=250 << 20)
    yield "many parts.xlsx", packed({**bomb, **{f"xl/{n}.xml": b"" for n in range(6_000)}})
    for name, text in {"xxe": XXE, "laughs": LAUGHS}.items():
        rows = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
        yield f"{name}.xlsx", packed(xlsx_parts({"Data": f"{text}{rows}</sheetData></worksheet>"}))
        parts = ods_parts((("&x;",),))
        yield f"{name}.ods", packed({**parts, "content.xml": text + parts["content.xml"].replace("&amp;x;", "&x;")})
    formulas = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "\t=1", "＝1+1")
    yield "formulas as text.csv", ("id,pre,post\n" + "".join(f'"{f}",2,3\n' for f in formulas)).encode()
    yield (
        "formulas as names.csv",
        (",".join(f'"{f}"'.replace('""', "") for f in formulas) + "\n1,2,3,4,5,6,7,8\n").encode(),
    )
    yield "formulas.xlsx", xlsx((HEAD, *((f"P{n}", "a", "<f>A1+1</f><v>3</v>", "<f>1/0</f>") for n in range(5))))
    yield "an odd sheet name.xlsx", packed(xlsx_parts({"<b>🥛</b> =1+1 \u202e": ROWS}))
    yield "two hundred sheets.xlsx", packed(xlsx_parts({f"S{n}": ROWS for n in range(200)}))
    yield "a part outside.xlsx", packed({**bomb, "../../outside.xml": "x"})


XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghx", strict=True))
    + "]>"
)
