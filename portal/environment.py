"""What the surroundings tell the portal: environment variables, and secrets that are made on first use."""

import base64
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


def var() -> Path:
    """The directory for everything that is not source: data, secrets, logs. PORTAL_VAR moves it elsewhere."""
    return Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var").resolve()


def flag(name: str, default: bool = False) -> bool:
    """An on/off variable. Raises ValueError for anything but 1/0, true/false, yes/no, on/off."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {text!r}")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str, size: int = 32) -> str:
    """The secret PORTAL_<NAME>; without one, `size` random bytes in base64, made once, kept in var/secrets/<name>.

    Several processes may start at once on a new machine: whoever links the file first wins, the others read it.
    """
    given = os.environ.get(f"PORTAL_{name.upper()}")
    if given:
        return given
    path = var() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(secrets.token_bytes(size)).decode() + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def key_versions(name: str) -> dict[int, str]:
    """The versions of a key, counted from 1, oldest first: 32 bytes each in base64, separated by commas or white space.

    Raises ValueError for anything else, so that a mistyped key stops the start instead of spoiling data.
    """
    versions = secret(name).replace(",", " ").split()
    if not versions or any(len(base64.b64decode(version, validate=True)) != 32 for version in versions):
        raise ValueError(f"{name}: every key must be 32 bytes in base64")
    return dict(enumerate(versions, start=1))


def database(url: str) -> dict[str, object]:
    """Django's description of the database at postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 5, "application_name": "portal", **dict(parse_qsl(parts.query))},
    }


def next_number(redis_url: str) -> str:
    """The logical database after the one that the address names: redis://host/2 → redis://host/3."""
    head, _, number = redis_url.rpartition("/")
    return f"{head}/{int(number) + 1}"
