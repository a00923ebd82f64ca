"""Tables, and an agent who is signed in: `python -m bench.peer.prepare SESSION_KEY`, in the peer's environment."""

import sys
from datetime import timedelta

import django
from django.conf import settings
from django.utils import timezone

YEARS = timedelta(days=3650)  # data of an earlier run may be used again


def main(session_key: str) -> None:
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    agent = get_user_model().objects.create_superuser("agent", "agent@example.org")
    session = {
        SESSION_KEY: str(agent.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: agent.get_session_auth_hash(),
    }
    Session.objects.create(
        session_key=session_key, session_data=SessionStore().encode(session), expire_date=timezone.now() + YEARS
    )


if __name__ == "__main__":
    main(sys.argv[1])
