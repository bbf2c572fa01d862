"""Settings of a test run: nothing is really sent, hashing is quick, static files are found where they lie."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", os.path.join(tempfile.gettempdir(), f"unionhall-tests-{os.getuid()}"))
os.environ.setdefault("TASKS_URL", "immediate://")
os.environ["DEMO"] = "1"

from .base import *
from .mail import *
from .security import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SQLITE_IN_TESTS = DATABASES["default"]["ENGINE"].endswith("sqlite3")
WHITENOISE_AUTOREFRESH = True
PROOF_BITS = 4  # a test solves in an instant what costs a telephone half a second
