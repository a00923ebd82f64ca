"""Signs an account in to a floor: `python -m bench.floors.sign_in ACCOUNT ORGAN`; the key of the session is printed."""

import importlib
import sys

import django
from django.conf import settings


def main(account: str, organ: str) -> None:
    django.setup()
    session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    session["organ"], session["name"] = int(organ), "测试人员"
    if settings.AUTH_USER_MODEL == "tables.Account":
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

        user = get_user_model().objects.get(pk=account)
        session[SESSION_KEY] = account
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(session.session_key)


if __name__ == "__main__":
    main(*sys.argv[1:])
