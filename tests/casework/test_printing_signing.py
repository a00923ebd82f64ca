"""Signed papers: valid as they are, worthless once changed."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from approvals.papers.table import PAPERS
from casework.printing.certificates import Certificates
from casework.printing.pades import PyHankoSigner
from casework.printing.render import render_paper
from casework.printing.verification import Verification
from tests.casework import paper_samples

ORGAN = paper_samples.ORGAN
AT = datetime(2026, 11, 22, 15, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> PyHankoSigner:
    return PyHankoSigner(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    paper = next(each for each in PAPERS if each.code == "xk_grant_decision")
    return render_paper(paper, paper_samples.context(paper.code))


@pytest.fixture(scope="module")
def signed(signer: PyHankoSigner, unsigned: bytes) -> bytes:
    return signer.sign(unsigned, organ=ORGAN, at=AT, reason="准予行政许可决定书")


def test_signed_paper_is_valid_and_says_who_and_when(signer: PyHankoSigner, signed: bytes) -> None:
    assert signer.verify(signed) == Verification(True, True, True, ORGAN, AT, "")


def test_signing_only_appends(signed: bytes, unsigned: bytes) -> None:
    assert signed.startswith(unsigned)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_one_changed_byte_breaks_it(signer: PyHankoSigner, signed: bytes, unsigned: bytes, share: float) -> None:
    changed = bytearray(signed)
    changed[int(len(unsigned) * share)] ^= 1
    verdict = signer.verify(bytes(changed))
    assert not verdict.valid
    assert not verdict.intact
    assert verdict.reason


def test_appended_content_breaks_it(signer: PyHankoSigner, signed: bytes) -> None:
    verdict = signer.verify(signed + b"\n% more\n")
    assert not verdict.valid
    assert "追加" in verdict.reason


def test_signature_of_another_authority_is_not_trusted(signed: bytes, tmp_path: Path) -> None:
    verdict = PyHankoSigner(tmp_path).verify(signed)
    assert (verdict.valid, verdict.intact, verdict.trusted) == (False, True, False)
    assert "不是本门户签发" in verdict.reason


def test_certificate_does_not_outlive_its_years(signer: PyHankoSigner, signed: bytes) -> None:
    assert signer.verify(signed, at=AT + timedelta(days=365)).valid
    assert not signer.verify(signed, at=datetime(2029, 1, 1, tzinfo=UTC)).trusted


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"[" * 100_000])
def test_anything_may_be_handed_in(signer: PyHankoSigner, content: bytes) -> None:
    verdict = signer.verify(content)
    assert not verdict.valid
    assert verdict.reason


def test_unsigned_paper_says_so(signer: PyHankoSigner, unsigned: bytes) -> None:
    assert signer.verify(unsigned).reason == "文件没有电子签名。"


def test_time_must_be_aware(signer: PyHankoSigner, unsigned: bytes) -> None:
    with pytest.raises(ValueError, match="aware"):
        signer.sign(unsigned, organ=ORGAN, at=AT.replace(tzinfo=None))


def test_each_organ_has_one_certificate_a_year_and_keys_are_private(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path / "keys")
    with ThreadPoolExecutor(4) as pool:
        made = {identity.certificate for identity in pool.map(lambda _: certificates.of(ORGAN, AT), range(8))}
    assert len(made) == 1
    assert certificates.of(ORGAN, AT.replace(year=2027)).certificate not in made
    assert certificates.of("另一机关", AT).certificate not in made
    keys = list((tmp_path / "keys").glob("*.key"))
    assert len(keys) == 4
    assert all(stat.S_IMODE(key.stat().st_mode) == 0o600 for key in keys)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
