"""law.citations: where a citation points."""

import pytest

from law.citations import Citation, Place, find_citations, parse_citation, pick


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("《行政许可法》第三十二条第一款第四项", Citation("行政许可法", 32, 0, 1, 4)),
        ("《中华人民共和国行政许可法》第三十二条第一款第四项", Citation("行政许可法", 32, 0, 1, 4)),
        ("行政许可法第三十二条第一款第（四）项", Citation("行政许可法", 32, 0, 1, 4)),
        ("《行政许可法》（2019修正）第32条第1款", Citation("行政许可法", 32, 0, 1)),
        ("《刑法》第一百二十条之一第二款", Citation("刑法", 120, 1, 2)),
        ("《示例管理规定》第三条第二项第一目", Citation("示例管理规定", 3, 0, 0, 2, 1)),
        ("《行政许可法》", Citation("行政许可法")),
        ("《北京市实施〈中华人民共和国工会法〉办法》第二条", Citation("北京市实施《工会法》办法", 2)),
        (
            "《最高人民法院关于适用《行政诉讼法》的解释》第六十四条",
            Citation("最高人民法院关于适用《行政诉讼法》的解释", 64),
        ),
    ],
)
def test_parses(text: str, citation: Citation) -> None:
    assert parse_citation(text) == citation


@pytest.mark.parametrize(
    "text", ["", "第三十二条", "行政许可法", "《行政许可法》第三十二条的规定", "依照《行政许可法》第三条"]
)
def test_what_is_no_citation(text: str) -> None:
    assert parse_citation(text) is None


def test_finds_citations_in_running_text_and_carries_the_name_on() -> None:
    text = "依照《行政许可法》第四十二条第一款、第八十二条和《行政处罚法》第五条办理，第九条不在其列。"
    found = list(find_citations(text))
    assert [(text[place.start : place.end], place.citation) for place in found] == [
        ("《行政许可法》第四十二条第一款", Citation("行政许可法", 42, 0, 1)),
        ("第八十二条", Citation("行政许可法", 82)),
        ("《行政处罚法》第五条", Citation("行政处罚法", 5)),
    ]


PLACES = [
    Place(1, 3, 0, 0, 0, 0),
    Place(2, 3, 0, 1, 0, 0),
    Place(3, 3, 0, 1, 1, 0),
    Place(4, 3, 0, 1, 2, 0),
    Place(5, 3, 0, 2, 0, 0),
    Place(6, 3, 0, 2, 2, 0),
    Place(7, 3, 1, 0, 0, 0),
]


@pytest.mark.parametrize(
    ("citation", "key"),
    [
        (Citation("示例", 3), 1),
        (Citation("示例", 3, 0, 1), 2),
        (Citation("示例", 3, 0, 1, 2), 4),
        (Citation("示例", 3, 0, 0, 1), 3),  # without its paragraph, but there is only one such item
        (Citation("示例", 3, 0, 0, 2), None),  # two paragraphs have one
        (Citation("示例", 3, 1), 7),
        (Citation("示例", 4), None),
        (Citation("示例", 3, 0, 3), None),
    ],
)
def test_picks_the_one_place_that_is_meant(citation: Citation, key: int | None) -> None:
    place = pick(citation, PLACES)
    assert (place.key if place else None) == key
