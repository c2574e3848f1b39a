"""Administrative divisions by year, ours and those that a city brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.reference.divisions import (
    BadDivisionTable,
    Divisions,
    NoDivisionTable,
    UnknownDivision,
)

HEADER = "code,name,parent,level\n"
HEBEI = HEADER + "130000,河北省,,province\n130100,石家庄市,130000,city\n"
ZHUZHOU = {
    "430202": "荷塘区",
    "430203": "芦淞区",
    "430204": "石峰区",
    "430211": "天元区",
    "430212": "渌口区",
    "430223": "攸县",
    "430224": "茶陵县",
    "430225": "炎陵县",
    "430281": "醴陵市",
}


@pytest.fixture
def ours() -> Divisions:
    return Divisions.for_year(2026, {})


def theirs(folder: Path, year: int = 2026) -> Divisions:
    return Divisions.for_year(year, {"JIANDU_DIVISIONS_DIR": str(folder)})


def test_the_city_has_its_nine_districts_and_counties(ours: Divisions) -> None:
    assert {code: ours.name(code) for code in ours.children("430200")} == ZHUZHOU


def test_the_province_has_its_fourteen_prefectures(ours: Divisions) -> None:
    names = [ours.name(code) for code in ours.children("430000")]
    assert len(names) == 14
    assert names[:2] == ["长沙市", "株洲市"]
    assert names[-1] == "湘西土家族苗族自治州"


def test_a_district_lies_in_its_city_and_province_and_in_itself(ours: Divisions) -> None:
    assert ours.within("430211", "430211")
    assert ours.within("430211", "430200")
    assert ours.within("430211", "430000")
    assert not ours.within("430200", "430211")
    assert not ours.within("430211", "430100")


def test_what_is_unknown_lies_in_nothing_and_has_no_name(ours: Divisions) -> None:
    assert not ours.is_known("430221")  # the county that became a district in 2018
    assert not ours.within("430221", "430200")
    assert not ours.within("430221", "430221")
    for ask in (ours.name, ours.children):
        with pytest.raises(UnknownDivision, match="430221"):
            ask("430221")


def test_leaves_are_what_nothing_lies_below(ours: Divisions) -> None:
    assert ours.leaves("430200") == tuple(ZHUZHOU)
    assert ours.leaves("430223") == ("430223",)
    assert set(ZHUZHOU) < set(ours.leaves("430000"))
    with pytest.raises(UnknownDivision):
        ours.leaves("430221")


def test_a_county_has_nothing_below_it(ours: Divisions) -> None:
    assert ours.children("430223") == ()


def test_the_newest_table_not_later_than_the_year_holds(tmp_path: Path) -> None:
    (tmp_path / "divisions-2024.csv").write_text(HEBEI)
    (tmp_path / "divisions-2026.csv").write_text(HEBEI + "130200,唐山市,130000,city\n")
    assert [theirs(tmp_path, year).year for year in (2024, 2025, 2026, 2030)] == [
        2024,
        2024,
        2026,
        2026,
    ]
    assert not theirs(tmp_path, 2025).is_known("130200")
    assert theirs(tmp_path, 2026).is_known("130200")


def test_another_citys_table_comes_before_ours_even_if_it_is_older(tmp_path: Path) -> None:
    (tmp_path / "divisions-2020.csv").write_text(HEBEI)
    assert theirs(tmp_path).name("130100") == "石家庄市"
    assert not theirs(tmp_path).is_known("430200")


def test_ours_holds_where_the_folder_has_no_table_for_the_year(tmp_path: Path) -> None:
    (tmp_path / "divisions-2027.csv").write_text(HEBEI)
    (tmp_path / "notes.txt").write_text("divisions-2020.csv")
    assert theirs(tmp_path, 2026).is_known("430200")


def test_a_year_before_every_table_says_what_to_do() -> None:
    with pytest.raises(NoDivisionTable, match="JIANDU_DIVISIONS_DIR"):
        Divisions.for_year(1999, {})


def test_a_missing_folder_is_no_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        theirs(tmp_path / "nowhere")


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    table = HEBEI.replace("\n", "\r\n")
    (tmp_path / "divisions-2026.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    assert theirs(tmp_path).name("130000") == "河北省"


def test_a_county_may_stand_directly_under_its_province(tmp_path: Path) -> None:
    rows = "420000,湖北省,,province\n429004,仙桃市,420000,county\n"
    (tmp_path / "divisions-2026.csv").write_text(HEADER + rows)
    assert theirs(tmp_path).within("429004", "420000")


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("", "columns"),
        ("code,name\n130000,河北省\n", "columns"),
        (HEBEI + "130100,石家庄市,130000,city\n", ":4: 130100 is there twice"),
        (HEBEI + "1302,唐山市,130000,city\n", "six digits"),
        (HEBEI + "13020０,唐山市,130000,city\n", "six digits"),
        (HEBEI + "130200,,130000,city\n", "no name"),
        (HEBEI + "130200,唐山市,130000,town\n", "is not one of"),
        (HEBEI + "130200,唐山市,130000\n", "4 columns"),
        (HEBEI + "130200,唐山市,130000,city,more\n", "4 columns"),
        (HEBEI + "130200,唐山市,,city\n", "cannot stand under"),
        (HEBEI + "130200,唐山市,139900,city\n", "cannot stand under"),
        (HEBEI + "130200,唐山市,130100,city\n", "cannot stand under"),
        (HEBEI + "130200,唐山市,130200,city\n", "cannot stand under"),
        (HEBEI + "430200,株洲市,130000,city\n", "cannot stand under"),
        (HEBEI + "140000,山西省,130000,province\n", "cannot stand under"),
        (HEBEI + "140000,山西省,139900,province\n", "cannot stand under"),
    ],
)
def test_a_table_with_a_slip_is_refused_whole(tmp_path: Path, table: str, complaint: str) -> None:
    (tmp_path / "divisions-2026.csv").write_text(table)
    with pytest.raises(BadDivisionTable, match=complaint):
        theirs(tmp_path)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "divisions-2026.csv").write_bytes(HEBEI.encode("gb18030"))
    with pytest.raises(BadDivisionTable, match="UTF-8"):
        theirs(tmp_path)
