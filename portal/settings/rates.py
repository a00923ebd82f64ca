"""How often anything may be done: every limit of the portal, in one table. ASVS 5.0 2.4.1, 6.1.1; GB/T 22239-2019
8.1.4.1 b). `accounts.rates` counts; two web servers share the counts.
"""

import os
from typing import NamedTuple


class Rate(NamedTuple):
    """At most `amount` within `seconds` of the first; `from_last`: of the last one that was let through.

    `kept` counts stand in the database and survive the cache. The others stand in the cache, and in the database while
    there is none.
    """

    amount: int
    seconds: int
    kept: bool = False
    from_last: bool = False


# One address may stand for a whole service hall or a telephone network: a deployment with many behind one raises this.
CROWD = max(1, int(os.environ.get("PORTAL_SOURCE_CROWD", "1")))

RATES = {
    # Failed passwords. Strangers to an account share its count; a device that has signed in to it has its own, so that
    # nobody elsewhere locks its owner out. The count by source is about many accounts tried from one place.
    "sign_in_account": Rate(5, 15 * 60, kept=True, from_last=True),
    "sign_in_device": Rate(5, 15 * 60, kept=True, from_last=True),
    "sign_in_source": Rate(30 * CROWD, 15 * 60, kept=True),
    # Failed second factors, for each account: only who knows the password comes so far.
    "second_factor": Rate(5, 15 * 60, kept=True, from_last=True),
    # A code of the second factor counts once; it would be accepted for three steps of thirty seconds.
    "code": Rate(1, 180, kept=True),
    # Real-name checks: each asks somebody else's register about somebody.
    "register_source": Rate(20 * CROWD, 3600, kept=True),
    "register_identity": Rate(5, 24 * 3600, kept=True),
    "reset_source": Rate(10 * CROWD, 3600, kept=True),
    "reset_address": Rate(5, 3600, kept=True),
    # Failed look-ups of a case by number and query code.
    "track_source": Rate(10 * CROWD, 15 * 60, kept=True),
    "track_number": Rate(10, 15 * 60, kept=True),
    # Verification of papers by whoever holds one.
    "verify_source": Rate(60 * CROWD, 60),
    "compare_source": Rate(10 * CROWD, 60),
    # Files of complaints without a name, which no account stands for.
    "evidence_source": Rate(60 * CROWD, 3600),
    # Everything else, in units of work: a page costs one, some cost more (below).
    "source": Rate(1200 * CROWD, 60),
    "account": Rate(600, 60),
}

# What a request costs where it costs more than a page: (method, name of the route).
COSTS = {
    ("POST", "account_login"): 10,
    ("POST", "account_signup"): 20,
    ("POST", "account_reset_password"): 20,
    ("POST", "mfa_authenticate"): 10,
    ("POST", "casework:verify"): 10,
    ("POST", "oversight:complain-unnamed"): 20,
    ("POST", "oversight:complain-more"): 20,
    ("GET", "api-schema"): 20,
    ("GET", "casework:export"): 20,
    ("GET", "search"): 5,
    ("GET", "api-search"): 5,
}

# A whole request: a file of the greatest size that a material may have, and the form around it. deploy/Caddyfile says
# the same. Of a form without files, Django reads DATA_UPLOAD_MAX_MEMORY_SIZE at most.
BODY_LIMIT = 52 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
