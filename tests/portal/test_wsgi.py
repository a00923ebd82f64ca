"""What the web server has loaded when it is ready."""

import os
import subprocess
import sys

from portal import environment

# Each costs a third of a second or ten megabytes in every process, and few requests need it.
LATER = ("pyhanko", "weasyprint", "xlsxwriter", "pypdf", "rjieba", "boto3")


def test_what_few_requests_need_is_not_loaded_at_the_start() -> None:
    asked = f"import sys, portal.wsgi; print(*(set(sys.modules) & set({LATER})))"
    answered = subprocess.run(
        [sys.executable, "-c", asked], cwd=environment.BASE_DIR, capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    assert answered.stdout.split() == []
