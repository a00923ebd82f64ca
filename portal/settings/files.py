"""Where uploaded files and papers lie, and who scans them."""

import os
from typing import Any

from portal import environment

VAR = environment.var()
MEGABYTE = 1024 * 1024

# Without a bucket: a directory, which two web servers must share; on a disk of its own it lies one
# level below the mount, so that it is gone when the disk is. With one: any store that speaks S3.
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
# What is larger than two megabytes goes to disk while it is received; a file in memory would be one in every thread.
FILE_UPLOAD_TEMP_DIR = VAR / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def storage(bucket: str) -> dict[str, Any]:
    """Django's description of the store of documents."""
    if not bucket:
        return {"BACKEND": "casework.storage.DirectoryStorage"}
    from botocore.config import Config  # a third of a second and 13 MB for those who have a bucket

    return {
        "BACKEND": "casework.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("PORTAL_S3_ENDPOINT") or None,
            "region_name": os.environ.get("PORTAL_S3_REGION") or "cn-north-1",
            "access_key": os.environ.get("PORTAL_S3_KEY"),
            "secret_key": os.environ.get("PORTAL_S3_SECRET"),
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
            "max_memory_size": 4 * MEGABYTE,
            # A store that is away is said within seconds, not minutes.
            "client_config": Config(
                connect_timeout=3, read_timeout=30, retries={"total_max_attempts": 2}, signature_version="s3v4",
                s3={"addressing_style": os.environ.get("PORTAL_S3_ADDRESSING") or "path"},
                request_checksum_calculation="when_required", response_checksum_validation="when_required",
            ),
        },
    }  # fmt: skip


STORAGES = {
    "default": storage(os.environ.get("PORTAL_S3_BUCKET", "")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# clamd:///run/clamav/clamd.sock or clamd://host:3310. Only a demonstration may do without (`none`), and says so on
# every file; elsewhere a file stays held until there is a scanner.
SCANNER = os.environ.get("PORTAL_SCANNER") or ("none" if environment.flag("PORTAL_DEMO") else "")
