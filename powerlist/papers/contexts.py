"""How a change case fills the papers that its steps give: one function for each, all of them plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from accounts.models import Organisation
from casework import papers
from casework.models import Document
from casework.papers import Context, filled
from law.wording import day_zh
from powerlist.queries.known import KINDS, Text, text_of
from powerlist.queries.organs import names_in
from powerlist.rules import change as rules
from powerlist.rules import item as items


@dataclass(frozen=True)
class File(papers.File):
    """A change case and the act that gives the paper."""

    @cached_property
    def text(self) -> Text:
        found = text_of(self.case, self.on)
        if found is None:
            raise LookupError(f"change case {self.case.number} has no text")
        return found

    @property
    def item(self) -> str:
        name = self.text.content.get("name") or self.text.now.get("name", "")
        return f"{name}（权责编码{self.text.code}）"

    @property
    def kind(self) -> str:
        return KINDS[self.text.kind]

    def named(self, code: str) -> str:
        return Organisation.objects.filter(code=code).values_list("name", flat=True).first() or code

    @property
    def written_to(self) -> str:
        """Whom the office and the government answer: who proposed, or whose power it is where the office began."""
        return self.named(self.text.holder) if self.last("propose_ex_officio") else self.case.organ.name

    def content(self) -> list[str]:
        """The text as a paper prints it: every element of a new item, what differs of one that is changed."""
        if self.text.kind == "cancellation":
            return [f"取消{self.item}"]
        organs = names_in([self.text.now, self.text.content])
        if not self.text.now:
            said = [(label, items.shown(self.text.content, name, organs)) for name, label in items.LABELS.items()]
            lines = [f"{label}：{_flat(words)}" for label, words in said if words]
            return lines + [
                f"责任清单第{number}个环节：{row['stage']}。{row['matter']}责任主体：{row['subject']}。追责：{row['manner']}"
                for number, row in enumerate(self.text.content["stages"], 1)
            ]
        return [
            f"{label}：由“{_flat(before) or '无'}”变更为“{_flat(after) or '无'}”"
            for label, before, after in items.differences(self.text.now, self.text.content, organs)
        ] or ["内容不变"]


def _flat(words: str) -> str:
    return words.replace("\n", "；")


def _application(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {
            "kind": file.kind, "item": file.item, "changes": file.text.changes or file.fact("changes"),
            "reasons": file.text.reason or file.fact("reason"), "content": file.content(),
        },
    }  # fmt: skip


def _completion_notice(file: File) -> Context:
    elements = {"item": file.item, "missing": file.fact("missing").splitlines()}
    return {"issued_by": file.acting(), "addressee": file.written_to, "elements": elements}


def _letter(file: File) -> Context:
    if file.act.step == "consult_organs":
        asked = Organisation.objects.filter(code__in=file.facts["organs"]).order_by("code")
        title, to = "关于征求权责清单调整意见的函", "、".join(asked.values_list("name", flat=True))
        text = [
            f"{file.case.organ.name}提出调整权责事项（{file.kind}）：{file.item}。现征求你单位意见。", *file.content(),
            f"请于{file.day('reply_by')}前反馈书面意见。",
        ]  # fmt: skip
    else:
        opinions = {"agree": "同意", "agree_if": "修改后同意", "disagree": "不同意"}
        title, to = "关于权责清单调整意见的复函", "、".join(file.parts("legal_office"))
        text = [
            f"关于{file.item}的调整，我单位意见：{opinions[file.fact('opinion')]}。",
            *file.fact("reasons").splitlines(),
        ]
    return {"issued_by": file.acting(), "title": title, "addressee": to, "elements": {"text": text}}


def _consultation_notice(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {
            "item": file.item, "kind": file.kind, "content": [*file.content(), *_bases(file)],
            "until": f"即日起至{file.day('comment_until')}", "channel": file.fact("channel"),
        },
    }  # fmt: skip


def _bases(file: File) -> list[str]:
    return [f"依据：{words}" for words in file.text.content.get("basis") or file.text.now.get("basis", [])]


def _consultation_result(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {"item": file.item, "adoption": file.fact("adoption").splitlines()},
    }


def _receiver_letter(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "addressee": file.named(file.text.receiver),
        "elements": {"item": file.item, "content": file.content(), "until": f"{file.day('confirm_by')}前"},
    }


def _confirmation(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {"item": file.item, "means": file.fact("means").splitlines(), "pending": "移交已达成一致"},
    }


def _reasoned(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {"item": file.item, "reasons": file.fact("reasons").splitlines()},
    }


def _ruling(file: File) -> Context:
    settled = file.act.step == "settle_for_change"
    ruling = f"由{file.named(file.fact('successor'))}实施或者承接" if settled else "不予调整"
    return {
        "issued_by": file.acting(),
        "addressee": "、".join([file.case.organ.name, *file.parts("concerned"), *file.parts("receiver")]),
        "elements": {
            "item": file.item, "ruling": ruling, "reasons": file.fact("reasons").splitlines(), "basis": file.act.basis,
        },
    }  # fmt: skip


def _review_request(file: File) -> Context:
    opinions = file.last("close_consultation")
    public = file.last("close_public_consultation")
    told = [f"征求有关机关意见：{opinions.facts['summary']}"] if opinions else ["未征求其他机关意见"]
    told += [f"公开征求意见：{public.facts['adoption']}"] if public else ["未公开征求意见"]
    return {
        "issued_by": file.acting(),
        "elements": {"item": file.item, "content": file.content(), "points": file.fact("points").splitlines(),
                     "consulted": told},
    }  # fmt: skip


def _review_opinion(file: File) -> Context:
    checked = [f"{one.citation}：{one.told}" for one in file.text.cited] or ["取消事项，核对现行依据和取消理由"]
    passed = file.act.step == "pass_legal_review"
    words = file.fact("opinion" if passed else "reasons").splitlines()
    return {
        "issued_by": file.acting(),
        "addressee": file.written_to,
        "elements": {
            "item": file.item, "checked": checked,
            "opinion": ["合法性审核通过。" if passed else "合法性审核不通过。", *words],
            "reviewer": file.act.actor_name, "reviewed_on": file.on,
        },
    }  # fmt: skip


def _agenda(file: File) -> Context:
    review = file.last("pass_legal_review")
    opinion = Document.objects.filter(act=review, paper="power_change_review_opinion").first() if review else None
    return {
        "issued_by": file.acting(),
        "elements": {
            "item": file.item, "meeting": f"{file.fact('meeting')}（{file.day('meeting_on')}）",
            "review": f"通过（{opinion.number}）" if opinion else "通过", "content": file.content(),
        },
    }  # fmt: skip


def _approval(file: File) -> Context:
    answer = [f"同意{file.kind}{file.item}，自{file.day('effective_on')}起施行。"]
    if owner := file.fact("pending_owner"):
        answer.append(f"正在办理的案件由{file.named(owner)}继续办理。")
        if owner != file.text.now.get("organ"):
            answer.append(rules.PENDING)
    return {
        "issued_by": file.acting(),
        "addressee": file.written_to,
        "elements": {
            "asked": f"{file.case.title}（{file.case.number}）", "answer": answer,
            "publication": "由区司法局自审定之日起二十个工作日内将事项、责任清单和流程图一并向社会公布。",
        },
    }  # fmt: skip


def _minutes(file: File) -> Context:
    meeting = file.last("put_on_agenda")
    name = str(meeting.facts["meeting"]) if meeting else "政府会议"
    return {
        "issued_by": file.acting(),
        "head": f"{file.acting().name}会议纪要",
        "title": name,
        "elements": {
            "agreed": [f"会议研究了{file.case.title}。", *file.fact("minutes").splitlines()],
            "present": file.fact("present").splitlines(),
        },
    }  # fmt: skip


def _announcement(file: File) -> Context:
    approval = Document.objects.filter(case=file.case, paper="power_change_approval").order_by("-pk").first()
    now = f"{day_zh(file.on)}公布（依据{approval.number}）" if approval else f"{day_zh(file.on)}公布"
    return {
        "issued_by": file.seat_of("head_of_government"),
        "elements": {
            "version": [f"{file.kind}：{file.item}", now],
            "effective_on": f"自{file.day('effective_on')}起施行",
            "comparison": [*_before(file), *file.content()],
            "channels": _channels(file),
        },
    }  # fmt: skip


def _before(file: File) -> list[str]:
    """What stood before, since the effect has already written what stands now."""
    return [f"原版本自{day_zh(file.text.version.since)}起施行，仍可在清单中查阅。"] if file.text.version else []


def _channels(file: File) -> list[str]:
    source = file.text.content or file.text.now
    return [
        f"监督方式：{source['supervision']}", f"监督电话：{source['phone'] or '12345'}",
        "认为行使该职权的具体行政行为侵犯合法权益的，可以依法申请行政复议或者提起行政诉讼。",
    ]  # fmt: skip


def _entrustment(file: File) -> Context:
    return {
        "elements": {
            "entrusted_organ": file.named(file.text.content["entrusted"]),
            "content": [str(file.text.content["name"])],
            "period": file.fact("period"),
        }
    }


_FILLED: dict[str, Callable[[File], Context]] = {
    "power_change_application": _application,
    "power_change_suggestion": _application,
    "power_completion_notice": _completion_notice,
    "sy_letter": _letter,
    "power_consultation_notice": _consultation_notice,
    "power_consultation_result": _consultation_result,
    "power_receiver_letter": _receiver_letter,
    "power_receiver_confirmation": _confirmation,
    "power_receiver_objection": _reasoned,
    "power_dispute": _reasoned,
    "power_dispute_ruling": _ruling,
    "power_review_request": _review_request,
    "power_change_review_opinion": _review_opinion,
    "power_agenda_item": _agenda,
    "power_change_approval": _approval,
    "sy_minutes": _minutes,
    "power_list_announcement": _announcement,
    "xk_entrust_announcement": _entrustment,
}


CONTEXTS = filled(_FILLED, File)
