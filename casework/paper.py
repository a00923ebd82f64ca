"""The words in which an official paper is written down. Pure: no Django, no database, no clock.

A chapter lists its papers as `Paper` rows, each with the elements that the law demands of it. A paper is printed from
a context of plain data: `context["elements"]` holds the values of the elements, the other keys are common to all papers
(docs/decisions/papers-context.md). A paper that lacks an element is never issued: `Paper.check` refuses it and names
the article that demands what is missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from casework.procedure import Cite
from law.wording import day_zh, instant_zh

LAYOUTS = {
    "announcement": "papers/announcement.html",
    "certificate": "papers/licence.html",
    "decision_letter": "papers/decision_letter.html",
    "form": "papers/form.html",
    "gbt9704_document": "papers/gbt9704_document.html",
    "gbt9704_letter": "papers/gbt9704_letter.html",
    "gbt9704_minutes": "papers/gbt9704_minutes.html",
    "list": "papers/list.html",
    "notice": "papers/notice.html",
    "receipt": "papers/receipt.html",
    "record": "papers/record.html",
    "report": "papers/report.html",
}
SEALED = ("organ", "special", "body")

# Where the content of an element comes from: the context's elements; the seal with name and date; the date of issue;
# the remedy text; the verification code; the fixed words of the paper itself.
Filling = Literal["element", "seal", "date", "remedy", "code", "paper"]


class PaperRefused(ValueError):
    """A paper may not be issued as it stands; the text says in Chinese what is missing and which article demands it."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something that must stand on a paper.

    key: name in `context["elements"]` (for other fillings only a name). source: the article that demands it; empty =
    office practice. at_least: how many entries a list needs. when: demanded only if `context["outcome"]` is this.
    says: words that must be readable on the finished paper.
    """

    key: str
    name_zh: str
    source: tuple[Cite, ...] = ()
    filled_by: Filling = "element"
    at_least: int = 1
    when: str = ""
    says: str = ""

    def applies(self, context: Mapping[str, Any]) -> bool:
        """Whether the paper needs the element, given its outcome."""
        return not self.when or context.get("outcome") == self.when

    def __str__(self) -> str:
        sources = "、".join(str(cite) for cite in self.source)
        return f"{self.name_zh}（{sources}）" if sources else self.name_zh


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of official paper: a row of a chapter's table.

    title: as registered. titles: what is printed instead (several: the context chooses); None = any, since
    certificates are called what their own law calls them. word: 事类 and 文种 of the number (许受); empty = not
    numbered. seal: organ, special (with seal_words in it), body (a committee's), signatures (hand signatures only),
    none. remedy: code of `casework.remedies`; limits: the keys of the time limits that it quotes. retention: a
    proposal until the archives office approves the schedule. service: how it reaches the addressee. verified: yes =
    the demanding articles were read; partial; no.
    """

    code: str
    title: str
    layout: str
    issued_by: str
    addressed_to: str
    elements: tuple[Element, ...]
    word: str = ""
    titles: tuple[str, ...] | None = ()
    seal: Literal["organ", "special", "body", "signatures", "none"] = "none"
    seal_words: str = ""
    remedy: str = "RN0"
    limits: tuple[str, ...] = ()
    law: str = ""
    article: str = ""
    service: tuple[str, ...] = ()
    copies: int = 1
    retention: str = ""
    verified: Literal["yes", "partial", "no"] = "no"
    note: str = ""
    own_template: str = ""

    @property
    def template(self) -> str:
        """The template it is printed with: its own, or that of its layout."""
        return self.own_template or LAYOUTS[self.layout]

    def printed_title(self, context: Mapping[str, Any]) -> str:
        """The title on this copy: the context's, if the table allows it, or the registered one."""
        only = self.titles[0] if self.titles and len(self.titles) == 1 else self.title
        return str(context.get("title") or only)

    def missing(self, context: Mapping[str, Any]) -> list[str]:
        """What the context lacks, in Chinese, each with its article; empty = the paper can be printed."""
        lacks = [str(element) for element in self.elements if element.applies(context) and not _has(element, context)]
        if self.word and not context.get("number"):
            lacks.append("文号")
        if self.seal in SEALED and not (context.get("organ") and context.get("issued_on")):
            lacks.append("机关名称、印章和日期")
        if self.remedy != "RN0" and not str(context.get("remedy") or "").strip():
            lacks.append(f"救济途径和期限的告知（{self.remedy}）")
        return lacks

    def check(self, context: Mapping[str, Any]) -> None:
        """Raises PaperRefused when the context lacks something or carries a title that the table does not know."""
        title = self.printed_title(context)
        if self.titles is not None and title not in (self.titles or (self.title,)):
            raise PaperRefused(f"《{self.title}》不得使用标题《{title}》。")
        if self.titles is None and not context.get("title"):
            raise PaperRefused(f"《{self.title}》没有证件名称。")
        if lacks := self.missing(context):
            raise PaperRefused(f"《{title}》不能签发，缺少：{'；'.join(lacks)}。")

    def check_printed(self, context: Mapping[str, Any], text: str) -> None:
        """Raises PaperRefused when a required element cannot be read in `text`, the words of the finished paper."""
        page = squeeze(text)
        unread = [
            str(element) for element in self.elements if element.applies(context) and not _on(element, context, page)
        ]
        if unread:
            raise PaperRefused(f"《{self.printed_title(context)}》的文书模板没有印出：{'；'.join(unread)}。")


STOPS = "。；;，,."


def squeeze(text: str) -> str:
    """Text without white space and thousands' commas, so that they do not matter when words are looked for."""
    return re.sub(r"[\s,]+", "", text)


def leaves(value: object) -> Iterator[str]:
    """The words of a value as they are printed: strings, numbers and dates, however deep they lie.

    Names of photographs and other data addresses are not words.
    """
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from leaves(inner)
    elif not (value is None or isinstance(value, bool) or (isinstance(value, str) and value.startswith("data:"))):
        yield words_of(value)


def words_of(value: object) -> str:
    """How a single value stands on paper: dates and instants in Chinese (ISO strings too), the rest as it is."""
    if isinstance(value, str):
        value = parsed(value)
    if isinstance(value, datetime):
        return instant_zh(value)
    if isinstance(value, date):
        return day_zh(value)
    return _digits(value) if isinstance(value, Decimal) else str(value)


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")


def parsed(value: str) -> str | date | datetime:
    """A frozen date or instant (ISO 8601) as such; any other string as it is."""
    try:
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
        if _ISO_INSTANT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        return value
    return value


def frozen(value: Any) -> Any:
    """A context as JSON can keep it: dates and instants become ISO strings, amounts strings, tuples lists.

    Raises TypeError for anything that is not plain data.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, Mapping):
        return {str(key): frozen(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [frozen(inner) for inner in value]
    raise TypeError(f"not plain data in the context of a paper: {type(value).__name__}")


def _digits(amount: Decimal) -> str:
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def _has(element: Element, context: Mapping[str, Any]) -> bool:
    match element.filled_by:
        case "seal":
            return bool(context.get("organ") and context.get("issued_on"))
        case "date":
            return bool(context.get("issued_on"))
        case "remedy":
            return bool(str(context.get("remedy") or "").strip())
        case "code":
            return bool(context.get("verify_url"))
        case "paper":
            return True
    value = (context.get("elements") or {}).get(element.key)
    if isinstance(value, (list, tuple)):
        return sum(not _empty(entry) for entry in value) >= element.at_least
    return not _empty(value)


def _empty(value: object) -> bool:
    return not any(word.strip() for word in leaves(value))


def _on(element: Element, context: Mapping[str, Any], page: str) -> bool:
    if squeeze(element.says) not in page:
        return False
    if element.filled_by == "element":
        wanted = leaves((context.get("elements") or {}).get(element.key))
    elif element.filled_by in ("seal", "date"):
        wanted = leaves(context["issued_on"])
    elif element.filled_by == "remedy":
        wanted = leaves(context["remedy"])
    else:
        return True
    # In the middle of a sentence a template leaves the mark at their end out (`no_stop`).
    return all(squeeze(word).rstrip(STOPS) in page for word in wanted)
