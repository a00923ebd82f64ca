"""Citizens, legal persons, and who may act for whom."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import identity, queries
from accounts.models import AccessEvent, Party, Representation, User
from accounts.realname import RealNameCheck

from .credentials import set_password
from .record import Refused, record

TAKEN = "无法用这些信息注册。如果您已有账号，请直接登录或者找回密码；如有疑问，请携带证件到政务服务大厅办理。"


def register_party(
    *,
    kind: str,
    name: str,
    at: datetime,
    id_kind: str = "",
    id_number: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    legal_representative: str = "",
    verified_by: str = "",
    by: User | None = None,
) -> Party:
    """The party with this identity paper, registered if it is new; `verified_by` says how it was checked, if it was.

    A party without a paper is always new. Refused: the number is impossible, or belongs to somebody of another name.
    """
    if id_number:
        id_number = _checked(identity.paper_number, id_kind, id_number, localdate(at))
    if phone:
        phone = _checked(identity.telephone, phone)
    known = queries.party_by_paper(id_kind, id_number) if id_number else None
    if known:
        if known.name != name.strip():
            raise Refused("该证件号码已登记在另一姓名或者名称之下，请核对")
        if verified_by and not known.verified_at:
            known.verified_at, known.verified_by = at, verified_by
            known.save(update_fields=["verified_at", "verified_by"])
        return known
    party = Party.objects.create(
        kind=kind,
        name=name.strip(),
        id_kind=id_kind if id_number else "",
        id_number=id_number,
        id_index=queries.id_index(id_kind, id_number),
        phone=phone,
        email=email,
        address=address.strip(),
        legal_representative=legal_representative.strip(),
        verified_at=at if verified_by else None,
        verified_by=verified_by,
        created_at=at,
    )
    if verified_by:
        record(AccessEvent.Kind.IDENTITY_VERIFIED, at, actor=by, party=party.pk, by=verified_by)
    return party


def create_citizen(
    *,
    name: str,
    id_number: str,
    phone: str,
    password: str,
    checker: RealNameCheck,
    at: datetime,
    id_kind: str = "resident_id",
    email: str = "",
    address: str = "",
    username: str = "",
    demo: bool = False,
    source: str | None = None,
) -> User:
    """An account for a natural person whose identity the register confirms, with the person as its first party.

    Without `username` one is drawn; people sign in with the mobile number. Refused: impossible numbers, a register
    that says no, a person or a telephone that already has an account (without saying which).
    """
    id_number = _checked(identity.paper_number, id_kind, id_number, localdate(at))
    phone = _checked(identity.mobile, phone)
    answer = checker.person(name, id_kind, id_number, phone)
    if not answer.passed:
        raise Refused(answer.reason or "姓名、证件号码与手机号码不一致，请核对")
    try:
        with transaction.atomic():
            user = User(
                username=(username or f"p{secrets.randbelow(10**12):012d}").lower(),
                kind=User.Kind.PERSON,
                display_name=name.strip(),
                email=email,
                phone=phone,
                phone_index=queries.phone_index(phone),
                by_sms=True,
                is_demo=demo,
                created_at=at,
            )
            set_password(user, password, at)
            user.save()
            party = register_party(
                kind=Party.Kind.NATURAL,
                name=name,
                id_kind=id_kind,
                id_number=id_number,
                phone=phone,
                email=email,
                address=address,
                verified_by="demo" if demo else checker.code,
                at=at,
                by=user,
            )
            Representation.objects.create(
                user=user,
                party=party,
                relation=Representation.Relation.SELF,
                evidence="实名核验",
                since=localdate(at),
                granted_at=at,
            )
            record(AccessEvent.Kind.ACCOUNT_CREATED, at, actor=user, user=user, source=source, kind_of_account="person")
    except (IntegrityError, Refused) as error:
        raise Refused(TAKEN) from error
    return user


def create_legal_person(
    user: User,
    *,
    name: str,
    credit_code: str,
    legal_representative: str,
    checker: RealNameCheck,
    at: datetime,
    phone: str = "",
    address: str = "",
    source: str | None = None,
) -> Party:
    """A legal person registered online by its legal representative, who may act for it from then on.

    The register decides who the legal representative is; a former one's power ends. Refused: the account's owner is
    not that person, the code is impossible, the register says no.
    """
    on = localdate(at)
    owner = queries.self_party(user, on)
    if owner is None or owner.name != legal_representative.strip():
        raise Refused("在线登记须由法定代表人或者负责人本人办理。您是经办人的，请由其登记后在“授权管理”中授权给您。")
    credit_code = _checked(identity.credit_code, credit_code)
    answer = checker.body(name, credit_code, legal_representative)
    if not answer.passed:
        raise Refused(answer.reason or "单位名称、统一社会信用代码与法定代表人不一致，请核对")
    with transaction.atomic():
        party = register_party(
            kind=Party.Kind.LEGAL,
            name=name,
            id_kind=Party.IdKind.CREDIT_CODE,
            id_number=credit_code,
            phone=phone,
            address=address,
            legal_representative=legal_representative,
            verified_by="demo" if user.is_demo else checker.code,
            at=at,
            by=user,
        )
        head = Representation.Relation.LEGAL_REPRESENTATIVE
        held = Representation.objects.at(on).filter(party=party).select_for_update()
        if any(one.user_id == user.pk and one.relation == head for one in held):
            raise Refused("您已是该单位登记的法定代表人或者负责人")
        for former in held:
            if former.relation == head or former.user_id == user.pk:
                _end(former, user, at, source)
        party.legal_representative = legal_representative.strip()
        party.save(update_fields=["legal_representative"])
        _represent(user, party, head, Representation.Scope.FULL, on, None, "登记机关登记信息核验", user, at, source)
    return party


def register_agent(
    party: Party,
    agent: User,
    *,
    scope: str,
    since: date,
    until: date | None,
    by: User,
    at: datetime,
    evidence: str = "",
    source: str | None = None,
) -> Representation:
    """The party lets an account act for it (授权委托). `until` is the first day on which it no longer may.

    Refused: `by` is neither the party itself, its legal representative, nor a window clerk who saw the power of
    attorney; the agent is an official, the same person, or already acts for the party.
    """
    on = localdate(at)
    if not _may_authorise(party, by, on):
        raise Refused("只有本人、法定代表人或者负责人可以授权；也可以携带授权委托书到政务服务大厅办理")
    if agent.kind != User.Kind.PERSON or not agent.is_active or agent.pk == by.pk:
        raise Refused("不能授权给该账号")
    if scope not in (Representation.Scope.GENERAL, Representation.Scope.SPECIAL):
        raise Refused("请选择授权范围")
    if since < on or (until is not None and until <= since):
        raise Refused("授权期限不正确：起始日期不得早于今天，终止日期应晚于起始日期")
    evidence = evidence or "本人在线授权"
    try:
        with transaction.atomic():
            return _represent(
                agent, party, Representation.Relation.AGENT, scope, since, until, evidence, by, at, source
            )
    except IntegrityError as error:
        raise Refused("该账号在此期间已可代表该当事人办事") from error


def end_representation(one: Representation, *, by: User, at: datetime, source: str | None = None) -> None:
    """End an agent's or representative's power at once: by whoever may authorise, or by the agent (辞去代理)."""
    on = localdate(at)
    if one.relation == Representation.Relation.SELF:
        raise Refused("本人身份不能撤销")
    if by.pk != one.user_id and not _may_authorise(one.party, by, on):
        raise Refused("您不能撤销这项授权")
    if one.revoked_at:
        raise Refused("这项授权已经终止")
    _end(one, by, at, source)


def _end(one: Representation, by: User, at: datetime, source: str | None) -> None:
    on = localdate(at)
    with transaction.atomic():
        one.until = max(one.since, min(on, one.until or on))
        one.revoked_at, one.revoked_by = at, by
        one.save(update_fields=["until", "revoked_at", "revoked_by"])
        record(AccessEvent.Kind.REPRESENTATION_ENDED, at, actor=by, user=one.user, source=source, party=one.party_id)


def change_contact(
    user: User, party: Party, *, phone: str, address: str, at: datetime, email: str = "", source: str | None = None
) -> None:
    """New ways to reach a party; of oneself also the number to sign in with. Refused: the number is someone else's."""
    phone = _checked(identity.mobile if party.kind == Party.Kind.NATURAL else identity.telephone, phone)
    if not queries.person_may_act_for(user, party, localdate(at), special=True):
        raise Refused("您不能修改该当事人的资料")
    own = queries.self_party(user, localdate(at)) == party
    try:
        with transaction.atomic():
            party.phone, party.address, party.email = phone, address.strip(), email
            party.save(update_fields=["phone", "address", "email"])
            if own:
                user.phone, user.phone_index, user.email = phone, queries.phone_index(phone), email
                user.save(update_fields=["phone", "phone_index", "email"])
            record(AccessEvent.Kind.PROFILE_CHANGED, at, actor=user, user=user, source=source, party=party.pk)
    except IntegrityError as error:
        raise Refused("该手机号码不能使用，请换一个") from error


def _represent(
    user: User,
    party: Party,
    relation: str,
    scope: str,
    since: date,
    until: date | None,
    evidence: str,
    by: User,
    at: datetime,
    source: str | None,
) -> Representation:
    one = Representation.objects.create(
        user=user,
        party=party,
        relation=relation,
        scope=scope,
        since=since,
        until=until,
        evidence=evidence,
        granted_by=by,
        granted_at=at,
    )
    record(
        AccessEvent.Kind.REPRESENTATION_GRANTED,
        at,
        actor=by,
        user=user,
        source=source,
        party=party.pk,
        relation=relation,
        scope=scope,
        until=until and until.isoformat(),
    )
    return one


def _may_authorise(party: Party, by: User, on: date) -> bool:
    if queries.holds(by, "window_clerk", None, on):
        return True
    return any(
        one.relation != Representation.Relation.AGENT
        for one in Representation.objects.at(on).filter(user=by, party=party)
    )


def _checked(check: Callable[..., str], *values: object) -> str:
    try:
        return check(*values)
    except identity.IdentityError as error:
        raise Refused(str(error)) from error
