"""How the web server runs, under `make run` as in a container. Two processes of four threads suit two cores."""

import ctypes
import os
from contextlib import suppress

M_ARENA_MAX = -8  # malloc.h of glibc
# One heap for all threads: the interpreter lets one of them work at a time, and every heap keeps what it once took.
with suppress(AttributeError):  # another C library
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)

bind = f"{os.environ.get('PORTAL_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Loaded once, then forked: the second process costs neither the time nor the memory of a first.
preload_app = True
timeout = 60
# Longer lines and more headers than any browser sends are refused before they cost anything. Against whoever sends
# slowly there is the proxy in front: a thread here waits for headers that do not end.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190
keepalive = 5
graceful_timeout = 20
# A slow leak never lives long; the jitter keeps the processes from renewing themselves together.
max_requests = 5000
max_requests_jitter = 500
# Only the reverse proxy in front may say who the client is; its address is named where there is one.
forwarded_allow_ips = os.environ.get("PORTAL_PROXY", "127.0.0.1")
accesslog = "-"
access_log_format = '%(t)s %(h)s "%(r)s" %(s)s %(b)s %(M)sms'
control_socket_disable = True
