"""Every page of the portal that a person can see, by the route that answers it, and who sees it.

`tests/journeys/test_axe_everywhere.py` visits them all. A route of HTML that is in neither table fails there: write its
place, or why no page of its own is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.people import press


@dataclass(frozen=True)
class Place:
    """A page: `who` is an account of the demonstration or nobody, `path` may name things of the world.

    `then` is what the person does there before the page is looked at; `status` what the server must answer.
    """

    route: str
    who: str
    path: str
    then: Callable[[Page], None] | None = None
    status: int = 200

    @property
    def label(self) -> str:
        return f"{self.who or 'nobody'} {self.path}" + (f" · {self.then.__name__}" if self.then else "")


def send(page: Page) -> None:
    """Sends the page's form as it is: the page comes back with its errors."""
    buttons = page.locator("main form[method=post] button.govuk-button[type=submit]")
    main = page.locator("main form[method=post] button.govuk-button[type=submit]:not(.govuk-button--secondary)")
    press((main if main.count() else buttons).last)


def fill_nothing(page: Page) -> None:
    """Empties every box, unticks everything, and sends."""
    for box in page.locator("main form[method=post] :is(input[type=text], input:not([type]), textarea):visible").all():
        box.fill("")
    send(page)


def search_nothing(page: Page) -> None:
    page.locator("main form[method=get] input:not([type=hidden])").first.fill("没有这样的东西")
    press(page.locator("main form[method=get] button[type=submit]").first)


def say_why(page: Page) -> None:
    """Gives a reason for looking at what is not for everybody."""
    page.locator("main form[method=post] input[type=text]").first.fill("核对材料编码")
    send(page)


def choose_for_assignment(page: Page) -> None:
    page.locator("tr[data-row] input").first.check(force=True)
    press(page.get_by_role("button", name="分派所选"))


def password_only(page: Page) -> None:
    if page.locator("input[name=login]").count():  # otherwise the page of the code has come already
        page.fill("input[name=login]", "scj-officer2")
        page.fill("input[name=password]", settings.DEMO_PASSWORD)
        send(page)


def locked_out(page: Page) -> None:
    """Five wrong passwords for one account."""
    for _ in range(6):
        if page.locator("input[name=login]").count():
            page.fill("input[name=login]", "nobody-at-all")
            page.fill("input[name=password]", "not-the-password")
            send(page)


def without_token(page: Page) -> None:
    """A form that was open while the cookies of the browser were deleted."""
    page.fill("input[name=login]", "citizen")
    page.fill("input[name=password]", "not-the-password")
    page.context.clear_cookies(name="csrftoken")
    send(page)


def as_a_stranger(page: Page) -> None:
    """Under a name that is not the portal's."""
    page.goto(page.url.replace("127.0.0.1", "stranger.localhost"))


def show_keys(page: Page) -> None:
    page.keyboard.press("?")


def open_all(page: Page) -> None:
    """Opens whatever is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


CITIZEN = (
    Place("my", "citizen", "/my/"),
    Place("powerlist:activity", "citizen", "/activities/{activity}/"),
    Place("powerlist:my-activities", "citizen", "/my/activities/"),
    Place("my", "agent", "/my/"),
    Place("casework:mine", "neighbour", "/my/cases/"),
    Place("casework:mine", "neighbour", "/my/cases/?ended=1"),
    Place("casework:notices", "neighbour", "/my/notices/"),
    Place("casework:notices", "agent", "/my/notices/?unread=1"),
    Place("apply", "citizen", "/apply/{item}/"),
    Place("apply-tasks", "citizen", "/apply/draft/{empty}/"),
    Place("apply-tasks", "citizen", "/apply/draft/{full}/"),
    *(Place("apply-page", "citizen", f"/apply/draft/{{full}}/{page}/") for page in (
        "applicant", "contact", "form-1", "form-2", "form-3", "materials", "delivery", "check",
    )),
    *(Place("apply-page", "citizen", f"/apply/draft/{{empty}}/{page}/", fill_nothing) for page in (
        "contact", "form-1", "form-2",
    )),
    Place("apply-page", "citizen", "/apply/draft/{full}/check/", send, 200),
    Place("apply-upload", "citizen", "/apply/draft/{full}/materials/{material}/"),
    Place("apply-upload", "citizen", "/apply/draft/{full}/materials/{material}/", send),
    Place("apply-remove", "citizen", "/apply/draft/{full}/files/{file}/remove/"),
    Place("apply-discard", "citizen", "/apply/draft/{empty}/discard/"),
    Place("apply-done", "citizen", "/apply/draft/{filed}/done/"),
    Place("my-correct", "neighbour", "/my/corrections/{waiting}/"),
    Place("my-correct-file", "neighbour", "/my/corrections/{waiting}/M1/"),
    Place("casework:case", "neighbour", "/cases/{waiting}/", open_all),
    Place("casework:case", "neighbour", "/cases/{case_refused}/", open_all),
    Place("casework:step", "neighbour", "/cases/{waiting}/steps/withdraw/"),
    Place("my-licences", "citizen", "/my/licences/"),
    Place("my-uses", "citizen", "/my/uses/"),
    Place("visit-book", "citizen", "/visits/QZW/book/"),
    Place("visit-book", "citizen", "/visits/QZW/book/", send, 422),
    Place("my-licences", "neighbour", "/my/licences/"),
    Place("my-licence", "citizen", "/my/licences/{licence}/"),
    Place("my-licence-apply", "citizen", "/my/licences/{licence}/change/"),
    Place("my-licence-apply", "citizen", "/my/licences/{licence}/change/", send),
    Place("my-licence-check", "citizen", "/my/licences/{licence}/change/check/"),
    Place("my-licence-check", "citizen", "/my/licences/{licence}/change/check/", send, 422),
    Place("my-licence-file", "citizen", "/my/licences/{licence}/change/materials/{part}/"),
    Place("my-licence-file", "citizen", "/my/licences/{licence}/change/materials/{part}/", send, 422),
    Place("ask-revocation", "neighbour", "/services/licences/{certificate}/revocation/"),
    Place("ask-revocation", "neighbour", "/services/licences/{certificate}/revocation/", send),
    Place("accounts:profile", "citizen", "/accounts/"),
    Place("accounts:contact", "citizen", "/accounts/contact/{self}/"),
    Place("accounts:contact", "citizen", "/accounts/contact/{self}/", fill_nothing),
    Place("accounts:register_entity", "citizen", "/accounts/entity/"),
    Place("accounts:register_entity", "citizen", "/accounts/entity/", send),
    Place("accounts:representations", "citizen", "/accounts/representations/"),
    Place("accounts:authorise", "citizen", "/accounts/representations/{party}/authorise/"),
    Place("accounts:authorise", "citizen", "/accounts/representations/{party}/authorise/", send),
    Place("accounts:revoke", "citizen", "/accounts/representations/{agency}/revoke/"),
    Place("accounts:notices", "citizen", "/accounts/notices/"),
    Place("account_logout", "citizen", "/accounts/logout/"),
    Place("account_change_password", "citizen", "/accounts/password/change/"),
    Place("account_change_password", "citizen", "/accounts/password/change/", send),
    Place("mfa_index", "citizen", "/accounts/2fa/"),
    Place("mfa_activate_totp", "citizen", "/accounts/2fa/totp/activate/"),
    Place("mfa_activate_totp", "citizen", "/accounts/2fa/totp/activate/", send),
    Place("usersessions_list", "citizen", "/accounts/sessions/"),
    Place("account_reauthenticate", "citizen", "/accounts/reauthenticate/"),
    Place("account_reauthenticate", "citizen", "/accounts/reauthenticate/", send),
    Place("", "citizen", "/cases/AAAAAAAAAAAAAAA/", status=404),
    Place("", "citizen", "/desk/", status=403),
)  # fmt: skip

NOBODY = (
    *(Place(route, "", path) for route, path in (
        ("home", "/"), ("accessibility", "/accessibility/"), ("privacy", "/privacy/"), ("help", "/help/"),
        ("site-map", "/site-map/"), ("law:index", "/law/"), ("law:limits", "/law/limits/"),
        ("law:thresholds", "/law/thresholds/"), ("law:calendar", "/law/calendar/"), ("law:due", "/law/due/"),
        ("law:text", "/law/{law}/"), ("casework:procedures", "/procedures/"),
        ("casework:procedure", "/procedures/approvals.licence/"), ("services", "/services/"),
        ("powerlist:list", "/powers/"), ("powerlist:list", "/powers/?organ=DC-SCJ&kind=CF"),
        ("powerlist:plain", "/powers/plain/"), ("powerlist:plain", "/powers/plain/?q=拆我的广告牌"),
        ("powerlist:power", "/powers/{power}/"), ("powerlist:power", "/powers/{power}/?on=2026-01-01"),
        ("powerlist:versions", "/powers/{power}/versions/"), ("powerlist:changes", "/powers/changes/"),
        ("powerlist:consultations", "/powers/consultations/"),
        ("services-personal", "/services/personal/"), ("services-corporate", "/services/corporate/"),
        ("services-departments", "/services/departments/"), ("results", "/services/results/"),
        ("accepted", "/services/accepted/"),
        ("track", "/services/track/"), ("ratings", "/services/ratings/"), ("rate", "/services/rating/"),
        ("search", "/search/"), ("search", "/search/?q=食品"),
        ("visits", "/visits/"), ("visit-screen", "/visits/QZW/screen/"),
        ("bundles", "/services/bundles/"), ("bundle", "/services/bundles/DC-YJS-KBCG/"),
        ("bundle", "/services/bundles/DC-YJS-KBCG/?registered=yes&books=yes&lodging=yes&banner=yes&crowd=unsure"),
        ("service", "/services/{item}/"), ("apply", "/apply/{item}/"),
        ("account_login", "/accounts/login/"), ("account_signup", "/accounts/register/"),
        ("account_inactive", "/accounts/inactive/"), ("account_reset_password", "/accounts/password/reset/"),
        ("account_reset_password_done", "/accounts/password/reset/done/"),
        ("account_reset_password_from_key", "/accounts/password/reset/key/1-no-such-key/"),
        ("account_reset_password_from_key_done", "/accounts/password/reset/key/done/"),
        ("account_confirm_email", "/accounts/confirm-email/no-such-key/"),
        ("styleguide", "/styleguide/"), ("styleguide-form", "/styleguide/form/"),
        ("styleguide-queue", "/styleguide/queue/"), ("styleguide-case", "/styleguide/case/"),
        ("casework:verify", "/v/{valid}/"), ("casework:verify", "/v/{replaced}/"), ("casework:verify", "/v/{void}/"),
    )),
    Place("casework:verify", "", "/v/no-such-paper/", status=404),
    Place("casework:verify", "", "/v/{valid}/", send, 422),
    Place("law:index", "", "/law/", search_nothing),
    Place("law:due", "", "/law/due/?key=xk_accept_days&from=2026-13-45"),
    Place("services", "", "/services/", search_nothing),
    Place("search", "", "/search/", search_nothing),
    Place("powerlist:list", "", "/powers/", search_nothing),
    Place("powerlist:plain", "", "/powers/plain/", search_nothing),
    Place("powerlist:plain", "", "/powers/plain/?q=", status=422),
    Place("powerlist:power", "", "/powers/{power}/?on=2001-01-01"),
    Place("services-departments", "", "/services/departments/?nothing=1"),
    Place("track", "", "/services/track/", send),
    Place("account_login", "", "/accounts/login/", send),
    Place("mfa_authenticate", "", "/accounts/login/", password_only),
    Place("account_signup", "", "/accounts/register/", send),
    Place("account_reset_password", "", "/accounts/password/reset/", send),
    Place("service", "", "/services/NO-SUCH-ITEM/", status=404),
    Place("styleguide-form", "", "/styleguide/form/", send),
    Place("account_login", "", "/accounts/login/", locked_out, 429),
    Place("", "", "/nowhere/", status=404),
    Place("", "", "/accounts/login/", without_token, 403),
    Place("", "", "/preference/elder/", status=405),
    Place("", "", "/services/?" + "&" * 1001, status=413),
    Place("", "", "/", as_a_stranger, 400),
    *(Place("", "", f"/broken/{status}/", status=status) for status in (429, 500, 503)),
)  # fmt: skip

OFFICE = (
    *(Place("casework:desk", "scj-section", f"/desk/?tab={tab}") for tab in (
        "mine", "unassigned", "soon", "overdue", "open", "ended",
    )),
    Place("casework:desk", "scj-section", "/desk/?tab=open&q=食品"),
    Place("casework:desk", "scj-section", "/desk/?tab=open", show_keys),
    Place("casework:desk", "auditor", "/desk/?tab=open"),
    Place("casework:desk", "expert", "/desk/"),
    Place("bundle-board", "scj-officer", "/desk/bundles/"),
    *(Place("oversight:dashboard", who, "/oversight/") for who in ("scj-head", "auditor")),
    Place("oversight:dashboard", "legal-office", "/oversight/?procedure=approvals.licence"),
    *(Place("oversight:filings", who, "/oversight/filings/?by=item") for who in ("scj-head", "auditor")),
    Place("oversight:dashboard", "scj-officer", "/oversight/", status=403),
    Place("casework:assign", "scj-section", "/desk/?tab=open", choose_for_assignment),
    Place("casework:views", "scj-section", "/desk/views/?tab=open"),
    Place("casework:views", "scj-section", "/desk/views/?tab=open", send, 422),
    Place("casework:views", "scj-officer", "/desk/views/"),
    Place("casework:change_view", "scj-section", "/desk/views/{view}/"),
    Place("casework:change_view", "scj-section", "/desk/views/{view}/", fill_nothing, 422),
    Place("casework:delegations", "scj-officer", "/desk/delegations/"),
    Place("casework:delegations", "scj-section", "/desk/delegations/", send, 422),
    Place("casework:delegate", "scj-section", "/cases/{case_under_review}/delegation/"),
    Place("casework:delegate", "scj-section", "/cases/{case_under_review}/delegation/", send, 422),
    Place("casework:notices", "scj-section", "/my/notices/"),
    *(Place("casework:case", "scj-officer", f"/cases/{{case_{state}}}/?tab=open", open_all) for state in (
        "filed", "under_review", "awaiting_correction", "granted", "refused",
    )),
    Place("casework:case", "scj-officer", "/cases/{case_delivered}/?tab=ended", open_all),
    Place("casework:step", "scj-officer", "/cases/{case_filed}/steps/notify_deficiency/"),
    Place("casework:step", "scj-officer", "/cases/{case_filed}/steps/notify_deficiency/", send, 422),
    Place("casework:step", "scj-section", "/cases/{case_under_review}/steps/assign_verification/"),
    *(Place("casework:step", "scj-officer", f"/cases/{{case_under_review}}/steps/{step}/") for step in (
        "record_verification", "tell_interested_party", "notify_hearing_right",
    )),
    Place("casework:step", "scj-section", "/cases/{case_under_review}/steps/assign_verification/", send, 422),
    Place("casework:step", "scj-officer", "/cases/{case_granted}/steps/deliver/", send, 422),
    Place("casework:step", "scj-head", "/cases/{case_under_review}/steps/grant/"),
    Place("casework:step", "scj-head", "/cases/{case_under_review}/steps/grant/", send, 422),
    Place("casework:step", "scj-head", "/cases/{case_filed}/steps/grant/", status=409),
    Place("casework:reveal", "scj-officer", "/cases/{case_under_review}/parties/{party}/"),
    Place("casework:reveal", "scj-officer", "/cases/{case_under_review}/parties/{party}/", send, 422),
    Place("powerlist:desk", "scj-head", "/desk/powers/"),
    Place("powerlist:desk", "legal-office", "/desk/powers/"),
    Place("powerlist:desk", "government", "/desk/powers/"),
    Place("powerlist:desk", "secretary", "/desk/powers/?ended=1"),
    Place("powerlist:draft", "scj-head", "/desk/powers/drafts/{power_draft}/"),
    Place("powerlist:check", "scj-head", "/desk/powers/drafts/{power_draft}/check/"),
    Place("powerlist:check", "scj-head", "/desk/powers/drafts/{power_draft}/check/", send, 422),
    Place("powerlist:import", "scj-head", "/desk/powers/import/", open_all),
    Place("powerlist:import", "scj-head", "/desk/powers/import/", send, 422),
    Place("powerlist:imported", "scj-head", "/desk/powers/import/{power_import}/"),
    Place("powerlist:imported", "scj-head", "/desk/powers/import/{power_import_done}/"),
    Place("powerlist:basis-change", "scj-head", "/desk/powers/laws/{basis_check}/"),
    *(Place("powerlist:report-part", "legal-office", f"/desk/powers/report/{part}/") for part in (
        "overlaps", "gaps", "unused",
    )),
    Place("powerlist:text", "government", "/desk/powers/cases/{case_awaiting_approval}/"),
    Place("powerlist:complete", "scj-head", "/desk/powers/cases/{case_awaiting_completion}/complete/"),
    Place("casework:case", "government", "/cases/{case_awaiting_approval}/", open_all),
    Place("casework:step", "government", "/cases/{case_awaiting_approval}/steps/approve/"),
    Place("casework:step", "legal-office", "/cases/{case_proposed}/steps/consult_organs/"),
    Place("interested", "scj-officer", "/desk/cases/{case_under_review}/interested/"),
    Place("interested", "scj-officer", "/desk/cases/{case_under_review}/interested/", send),
    Place("intake", "scj-window", "/desk/intake/"),
    Place("visit-line", "scj-window", "/desk/line/"),
    *(Place("handovers", who, "/desk/handovers/") for who in ("scj-window", "scj-officer")),
    Place("window-licence-apply", "window", "/desk/licences/{licence}/change/"),
    Place("window-licence-check", "window", "/desk/licences/{licence}/change/check/"),
    Place("window-licence-file", "window", "/desk/licences/{licence}/change/materials/{part}/"),
    Place("apply-tasks", "scj-window", "/apply/draft/{window}/"),
    Place("apply-page", "scj-window", "/apply/draft/{window}/applicant/"),
    Place("apply-page", "scj-window", "/apply/draft/{window}/applicant/", send),
    Place("apply-page", "scj-window", "/apply/draft/{window}/materials/"),
    Place("exchange", "exchange", "/desk/exchange/"),
    *(Place("exchange-message", who, f"/desk/exchange/{{message{ending}}}/") for who, ending in (
        ("exchange", ""), ("auditor", ""), ("exchange", "_proposed"), ("exchange2", "_proposed"),
    )),
    *(Place("exchange-content", "exchange", "/desk/exchange/{message}/content/", then) for then in (None, say_why)),
    Place("exchange-books", "exchange", "/desk/exchange/days/", send, 422),
    Place("exchange-book", "auditor", "/desk/exchange/days/{book}/"),
    Place("powerlist:disclosing", "czj-head", "/desk/disclosure/", open_all),
    *(Place("powerlist:disclose", "czj-officer", f"/desk/disclosure/{what}/new/", then) for what, then in (
        ("projects", None), ("projects", send), ("transfers", None), ("transfers", send), ("catalogues", None),
        ("catalogues", fill_nothing),
    )),
    Place("powerlist:disclose", "mzj-officer", "/desk/disclosure/organisations/new/", send, 422),
    Place("powerlist:disclose", "hpl-officer", "/desk/disclosure/activities/new/"),
    Place("powerlist:disclose", "hpl-officer", "/desk/disclosure/activities/new/", send),
    Place("powerlist:disclosed", "hpl-head", "/desk/disclosure/activities/{activity}/"),
    Place("powerlist:participants", "hpl-officer", "/desk/activities/{activity}/"),
    Place("powerlist:disclosed", "czj-head", "/desk/disclosure/catalogues/{catalogue}/", open_all),
    Place("powerlist:disclosed", "czj-head", "/desk/disclosure/transfers/{transfer}/", send, 422),
    Place("accounts:profile", "scj-officer", "/accounts/"),
    Place("mfa_index", "scj-officer", "/accounts/2fa/"),
    Place("mfa_view_recovery_codes", "scj-officer", "/accounts/2fa/recovery-codes/"),
    Place("mfa_generate_recovery_codes", "scj-officer", "/accounts/2fa/recovery-codes/generate/"),
    Place("mfa_reauthenticate", "scj-officer", "/accounts/2fa/reauthenticate/"),
    Place("mfa_reauthenticate", "scj-officer", "/accounts/2fa/reauthenticate/", send),
    Place("site-map", "scj-officer", "/site-map/"),
)  # fmt: skip

ADMINISTRATORS = (
    Place("accounts:manage_users", "sysadmin", "/accounts/manage/users/"),
    Place("accounts:manage_users", "sysadmin", "/accounts/manage/users/?q=没有这个人"),
    Place("accounts:manage_create_user", "sysadmin", "/accounts/manage/users/new/"),
    Place("accounts:manage_create_user", "sysadmin", "/accounts/manage/users/new/", send),
    Place("accounts:manage_user", "sysadmin", "/accounts/manage/users/{user}/"),
    Place("accounts:manage_propose", "sysadmin", "/accounts/manage/users/{user}/seat/"),
    Place("accounts:manage_propose", "sysadmin", "/accounts/manage/users/{user}/seat/", send),
    Place("accounts:manage_act", "sysadmin", "/accounts/manage/users/{user}/disable/"),
    Place("accounts:manage_act", "secadmin", "/accounts/manage/users/{user}/factor/"),
    Place("accounts:manage_propose_end", "sysadmin", "/accounts/manage/seats/{seat}/end/"),
    Place("accounts:manage_requests", "sysadmin", "/accounts/manage/requests/"),
    Place("accounts:manage_requests", "secadmin", "/accounts/manage/requests/"),
    Place("accounts:manage_decide", "secadmin", "/accounts/manage/requests/{request}/"),
    Place("accounts:manage_decide", "secadmin", "/accounts/manage/requests/{request}/", send),
    Place("casework:undelivered", "sysadmin", "/desk/undelivered/"),
    Place("accounts:manage_events", "audadmin", "/accounts/manage/events/"),
    Place("accounts:manage_events", "audadmin", "/accounts/manage/events/?account=nobody"),
)

PLACES: dict[str, tuple[Place, ...]] = {
    "nobody": NOBODY, "citizen": CITIZEN, "office": OFFICE, "administrators": ADMINISTRATORS,
}  # fmt: skip

# Routes without a page of their own.
FILES = (
    "casework:export", "oversight:export", "handovers-export", "oversight:filings-export", "oversight:watch-export",
    "powerlist:import-sheet", "powerlist:import-report", "powerlist:export", "powerlist:catalogue-file",
    "powerlist:projects-file", "powerlist:transfers-file", "powerlist:changes-file", "powerlist:report-file",
    "exchange-book-file",
    "casework:document", "apply-file", "mfa_download_recovery_codes",
)  # fmt: skip
POST_ONLY = (
    "powerlist:discard", "powerlist:import-discard", "powerlist:sign-up", "powerlist:leave", "casework:drop_view",
    "casework:end_delegation", "casework:read_all", "casework:send_again", "exchange-act", "my-licence-remove",
    "window-licence-remove", "accounts:choose_identity", "visit-cancel", "counter-remove",
)  # fmt: skip
EXCUSED: dict[str, str] = {
    **dict.fromkeys(FILES, "a file"),
    **dict.fromkeys(POST_ONLY, "POST only"),
    "preference": "POST only: sets the cookie of elder mode",
    "casework:neighbour": "leads on to a case or to the queue",
    "powerlist:feed": "a feed",
    "powerlist:report": "the first of its parts",
    "casework:open_notice": "POST only: leads to the case",
    "exchange-inbox": "for machines",
    "casework:uploads": "POST only: for the script that sends a file in pieces",
    "casework:upload": "for the script that sends a file in pieces",
    "my-correct-remove": "the page of apply-remove for a file of a correction",
    "accounts:logout": "the same page as account_logout",
    "accounts:manage": "leads on to the administrator's own page",
    "account_set_password": "only for accounts without a password, which single sign-on would make",
    "mfa_deactivate_totp": "refused for officials; for citizens the page of mfa_activate_totp with one button",
    "health-live": "for machines",
    "health-ready": "for machines",
    "api-docs": "drawn by swagger-ui, for programmers",
}
