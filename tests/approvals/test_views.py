"""The public pages, applying page by page, the window: through the client, as a browser without script would."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from approvals.models import Licence
from casework.models import Case, Document, Draft
from tests.approvals.conftest import FOOD, World, pdf


def test_walk(world: World) -> None:
    c = Client()
    for url in ("/services/", "/services/personal/", "/services/corporate/", "/services/departments/", "/services/results/", "/services/track/", f"/services/{FOOD}/", f"/apply/{FOOD}/"):
        r = c.get(url)
        assert r.status_code == 200, url
    c = world.client(world.citizen)
    r = c.post(f"/apply/{FOOD}/")
    assert r.status_code == 302
    url = r["Location"]; print(url)
    r = c.get(url); assert r.status_code == 200
    draft = Draft.objects.get()
    b = f"/apply/draft/{draft.code}/"
    def post(page, **d):
        r = c.post(b + page + "/", {"go": "on", **d})
        if r.status_code != 302:
            print(r.content.decode()[:6000])
        assert r.status_code == 302, page
        return r["Location"]
    for page in ("applicant", "contact", "form-1", "form-2", "form-3", "materials", "delivery"):
        assert c.get(b + page + "/").status_code == 200, page
    assert post("applicant", party=str(world.company.pk)) == b + "contact/"
    assert post("contact", name="王", phone="13800000000") == b + "form-1/"
    post("form-1", shop_name="示例", shop_address="示例街", area="60")
    post("form-2", business_type="catering", projects=["hot"], online="no")
    post("form-3", manager="李", staff="3")
    for m in ("M2", "M3", "M4"):
        r = c.get(b + f"materials/{m}/"); assert r.status_code == 200
        r = c.post(b + f"materials/{m}/", {"files": pdf(words=m.encode())})
        assert r.status_code == 302, r.content.decode()
    post("materials")
    post("delivery", way="electronic", electronic_service="on")
    r = c.get(b + "check/"); assert r.status_code == 200
    r = c.post(b + "check/", {"attest_1": "on"}); assert r.status_code == 302, r.content.decode()
    r = c.get(r["Location"]); assert r.status_code == 200
    case = Case.objects.get()
    assert c.get("/my/").status_code == 200
    assert c.get(f"/cases/{case.code}/").status_code == 200
    r = Client().post("/services/track/", {"number": case.number, "code": case.code.lower()}); assert r.status_code == 200 and "已收件" in r.content.decode()
