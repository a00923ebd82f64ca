"""law.comparison: two versions side by side."""

from dataclasses import dataclass

from law.comparison import Difference, differences, marks
from law.statute import Node

LONG = "区商务局会同街道办事处制定年度网点布局方案，听取居民意见，并于每年三月底以前向社会公布，接受监督。"


@dataclass
class Text:
    words: list[str]

    @property
    def pieces(self) -> list[Node]:
        found = []
        for number, words in enumerate(self.words, 1):
            found.append(Node("article", f"第{number}条", "", article=number))
            found.append(Node("paragraph", "", words, article=number, paragraph=1))
        return found


def test_only_articles_that_differ_are_told() -> None:
    before, after = Text(["甲", "乙", "丙"]).pieces, Text(["甲", "乙二", "丙"]).pieces
    assert differences(before, after) == [Difference("第2条", "乙", "乙二")]
    assert differences(before, before) == []


def test_an_article_that_was_put_in_does_not_change_those_behind_it() -> None:
    rows = differences(Text(["甲", "乙", "丙"]).pieces, Text(["甲", "新", "乙", "丙"]).pieces)
    assert rows == [Difference("第2条", "", "新")]


def test_an_article_that_was_taken_out_is_told() -> None:
    assert differences(Text(["甲", "乙", "丙"]).pieces, Text(["甲", "丙"]).pieces) == [Difference("第2条", "乙", "")]


def test_what_stands_around_the_articles_is_compared_too() -> None:
    before = [Node("preamble", "", "旧的引言", paragraph=1), *Text(["甲"]).pieces, Node("closing", "", "2024年1月1日")]
    after = [Node("preamble", "", "新的引言", paragraph=1), *Text(["甲"]).pieces, Node("closing", "", "2025年1月1日")]
    assert [(row.before, row.after) for row in differences(before, after)] == [
        ("旧的引言", "新的引言"),
        ("2024年1月1日", "2025年1月1日"),
    ]


def test_marks_together_are_the_texts_and_name_what_changed() -> None:
    changed = LONG.replace("三月底", "六月底")
    left, right = marks(LONG, changed)
    assert "".join(words for words, _ in left) == LONG
    assert "".join(words for words, _ in right) == changed
    assert [words for words, own in left if own] == ["三"]
    assert [words for words, own in right if own] == ["六"]


def test_what_is_short_or_new_differs_as_a_whole() -> None:
    assert marks("二十日", "十日") == ([("二十日", True)], [("十日", True)])
    assert marks("", LONG) == ([], [(LONG, True)])
    assert marks("甲" * 6000, "乙") == ([("甲" * 6000, True)], [("乙", True)])
