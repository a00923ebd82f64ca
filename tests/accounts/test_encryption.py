"""Sealed values: they open again, nowhere else, and not after a change; keys rotate."""

import base64
import os
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from accounts import actions, encryption
from accounts.actions.rotation import bind_rows
from accounts.models import Party, User
from tests.accounts.people import AT, citizen, party_of, resident_number


def key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@given(st.text(max_size=300), st.text(min_size=1, max_size=30))
def test_what_is_sealed_opens_for_its_purpose_only(clear: str, purpose: str) -> None:
    token = encryption.encrypt(clear, purpose)
    assert encryption.decrypt(token, purpose) == clear
    with pytest.raises(encryption.DecryptionError):
        encryption.decrypt(token, purpose + "x")


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert len({encryption.encrypt("一样", "p") for _ in range(50)}) == 50


def test_every_changed_byte_is_found() -> None:
    token = encryption.encrypt("11010519491231002X", "p")
    head, payload = token.rsplit(".", 1)
    raw = base64.urlsafe_b64decode(payload)
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(encryption.DecryptionError):
            encryption.decrypt(f"{head}.{base64.urlsafe_b64encode(changed).decode()}", "p")


@pytest.mark.parametrize("token", ["", "clear text", "aesgcm.1.!!!", "sm4.1.AAAA", "aesgcm.x.AAAA"])
def test_what_was_never_sealed_does_not_open(token: str) -> None:
    with pytest.raises(encryption.DecryptionError):
        encryption.decrypt(token, "p")


def test_new_values_use_the_newest_key_and_old_ones_still_open(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = {1: key()}
    old = encryption.encrypt("值", "p")
    settings.ENCRYPTION_KEYS = {**settings.ENCRYPTION_KEYS, 2: key()}
    assert encryption.decrypt(old, "p") == "值"
    assert encryption.version_of(encryption.encrypt("值", "p")) == 2
    moved = encryption.rewrap(old, "p")
    settings.ENCRYPTION_KEYS = {2: settings.ENCRYPTION_KEYS[2]}
    assert encryption.decrypt(moved, "p") == "值"
    with pytest.raises(encryption.DecryptionError, match="version 1"):
        encryption.decrypt(old, "p")


def test_a_short_key_is_refused(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = {1: base64.b64encode(b"short").decode()}
    with pytest.raises(ImproperlyConfigured):
        encryption.encrypt("值", "p")


def test_a_blind_index_tells_equal_from_unequal_within_one_purpose(settings: Settings) -> None:
    one = encryption.blind_index("13800001234", "phone")
    assert one == encryption.blind_index("13800001234", "phone")
    assert one != encryption.blind_index("13800001235", "phone")
    assert one != encryption.blind_index("13800001234", "id_number")
    assert encryption.blind_index("", "phone") == ""
    settings.BLIND_INDEX_KEY = key()
    assert one != encryption.blind_index("13800001234", "phone")


def rows(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t")
        yield from (row[0] for row in cursor.fetchall())


@pytest.mark.django_db
def test_the_database_holds_no_clear_number_telephone_or_address() -> None:
    number = resident_number(77)
    user = citizen(id_number=number, phone="13912345678", address="示例胡同七十七号")
    for table in ("accounts_user", "accounts_party", "accounts_accessevent", "accounts_representation"):
        for row in rows(table):
            assert number not in row
            assert "13912345678" not in row
            assert "示例胡同" not in row
    party = party_of(user)
    assert (party.id_number, party.phone, party.address) == (number, "13912345678", "示例胡同七十七号")
    assert User.objects.get(pk=user.pk).phone == "13912345678"


@pytest.mark.django_db
def test_a_sealed_column_cannot_be_searched() -> None:
    with pytest.raises(FieldError):
        Party.objects.filter(id_number="1").exists()
    assert Party.objects.filter(id_number__isnull=True).count() == 0


@pytest.mark.django_db
def test_a_value_copied_to_another_column_does_not_open() -> None:
    party = party_of(citizen())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_party SET address = id_number WHERE id = %s", [party.pk])
    moved = Party.objects.get(pk=party.pk)
    assert moved.id_number == party.id_number
    with pytest.raises(encryption.DecryptionError, match=r"cannot open a value of accounts\.party\.address#"):
        _ = moved.address


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["id_number", "phone", "address"])
def test_values_swapped_between_two_people_do_not_open(column: str) -> None:
    """Not even when the blind indexes are swapped with them."""
    one, other = (party_of(citizen(address=f"示例胡同{number}号")) for number in (1, 2))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_party DROP CONSTRAINT IF EXISTS party_id_once")
        cursor.execute("DROP INDEX IF EXISTS party_id_once")
        cursor.execute(
            f"UPDATE accounts_party a SET {column} = b.{column}, id_index = b.id_index FROM accounts_party b "
            "WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
            [one.pk, other.pk, other.pk, one.pk],
        )
    for party in (one, other):
        with pytest.raises(encryption.DecryptionError, match=f"accounts.party.{column}#{party.pk}"):
            getattr(Party.objects.get(pk=party.pk), column)


@pytest.mark.django_db
def test_what_nobody_looked_at_is_saved_as_it_is_stored() -> None:
    party = party_of(citizen(address="示例胡同1号"))
    before = Party.objects.filter(pk=party.pk).values_list("id_number", flat=True).get()
    again = Party.objects.get(pk=party.pk)
    again.address = "示例胡同2号"
    again.save()
    assert Party.objects.filter(pk=party.pk).values_list("id_number", flat=True).get() == before
    again = Party.objects.get(pk=party.pk)
    assert (again.address, again.id_number) == ("示例胡同2号", party.id_number)
    again.refresh_from_db(fields=["address"])
    assert Party.objects.defer("address").get(pk=party.pk).address == "示例胡同2号"
    again.address = ""
    again.save(update_fields=["address"])
    assert Party.objects.get(pk=party.pk).address == ""


@pytest.mark.django_db
def test_a_sealed_column_is_written_by_saving_the_row() -> None:
    party = party_of(citizen())
    with pytest.raises(FieldError):
        Party.objects.filter(pk=party.pk).update(phone="13900000000")
    with pytest.raises(FieldError):
        Party.objects.bulk_create([Party(kind="natural", name="x", phone="13900000000", created_at=AT)])


@pytest.mark.django_db
def test_values_from_before_rows_were_bound_are_bound() -> None:
    party = party_of(citizen(address="示例胡同1号"))
    purpose = "accounts.party.address"
    with connection.cursor() as cursor:
        old = encryption.encrypt("示例胡同1号", purpose)
        cursor.execute("UPDATE accounts_party SET address = %s WHERE id = %s", [old, party.pk])
        cursor.execute("UPDATE accounts_party SET address = '' WHERE id <> %s", [party.pk])
        bind_rows(cursor, "accounts_party", "address", purpose)
    assert Party.objects.get(pk=party.pk).address == "示例胡同1号"


@pytest.mark.django_db
def test_rotation_makes_the_old_key_dispensable(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = key(), key()
    settings.ENCRYPTION_KEYS = {1: first}
    users = [citizen(name=f"公民{index}") for index in range(5)]
    actions.enrol_second_factor(users[0], "JBSWY3DPEHPK3PXP", at=AT)
    settings.ENCRYPTION_KEYS = {1: first, 2: second}
    call_command("rotate_encryption", "--left")
    assert "accounts.party.id_number: 5" in capsys.readouterr().out
    call_command("rotate_encryption", "--batch", "2")
    assert "accounts.party.id_number: 5" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = {2: second}
    for user in users:
        assert User.objects.get(pk=user.pk).phone == user.phone
        assert party_of(user).id_number
    secret = Authenticator.objects.get(user=users[0], type="totp").data["secret"]
    assert encryption.decrypt(secret, encryption.SECOND_FACTOR) == "JBSWY3DPEHPK3PXP"
    call_command("rotate_encryption")
    assert "accounts.party.id_number: 0" in capsys.readouterr().out
