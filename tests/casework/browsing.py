"""A signed-in client for the casework pages."""

import time

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from accounts import limits
from accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which somebody has shown both factors."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.SignInBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[limits.SECOND_FACTOR] = time.time()
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client
