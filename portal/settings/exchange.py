"""The municipal platform: where it is, who we are to it, and whose signatures count."""

import base64
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal import environment

_DEMO = environment.flag("PORTAL_DEMO")

# Without an address the district is not connected: nothing is written for the city, and nothing is taken from it.
EXCHANGE_URL = os.environ.get("PORTAL_EXCHANGE_URL", "").rstrip("/")
if EXCHANGE_URL and not (EXCHANGE_URL.startswith("https://") or urlsplit(EXCHANGE_URL).hostname == "127.0.0.1"):
    raise ValueError("PORTAL_EXCHANGE_URL must begin with https://: applications go over it")
# Seconds before a message that was not acknowledged leaves again: at first, and at most. None is ever given up.
EXCHANGE_PAUSES = tuple(map(float, (os.environ.get("PORTAL_EXCHANGE_PAUSES") or "20 3600").split()))
EXCHANGE_SELF, EXCHANGE_PEER = "110101", "110000"  # codes of administrative divisions (GB/T 2260)
# Seeds of our own private keys by version; the highest signs. The city is told the public half of a new one first.
EXCHANGE_KEYS = environment.key_versions("exchange_keys")


def _public(seed: str) -> str:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


# The city's public keys by version: 1=BASE64 2=BASE64. A demonstration talks to the simulator, whose keys it makes.
EXCHANGE_PEER_KEYS = {
    int(version): key
    for version, _, key in (part.partition("=") for part in os.environ.get("PORTAL_EXCHANGE_PEER_KEYS", "").split())
}
EXCHANGE_SIMULATOR_KEYS: dict[int, str] = {}
if _DEMO and not EXCHANGE_PEER_KEYS:
    EXCHANGE_SIMULATOR_KEYS = environment.key_versions("municipal_keys")
    EXCHANGE_PEER_KEYS = {version: _public(seed) for version, seed in EXCHANGE_SIMULATOR_KEYS.items()}
if EXCHANGE_URL and not EXCHANGE_PEER_KEYS:
    raise ValueError("PORTAL_EXCHANGE_URL needs PORTAL_EXCHANGE_PEER_KEYS: whose signatures count")
