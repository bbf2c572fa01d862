"""The settings of the running product: the house (`base`), its mail (`mail`), its locks (`security`).

`environment` is the table of variables; `test` changes what a test run must not do for real.
"""

import os

# A test run sets variables before the table is read; this package is imported ahead of its module `test`.
if os.environ.get("DJANGO_SETTINGS_MODULE") != f"{__name__}.test":
    from .base import *
    from .mail import *
    from .security import *
