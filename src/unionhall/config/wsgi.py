"""The WSGI application that granian serves: finished public pages first, Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionhall.config.settings")
_django = get_wsgi_application()

from unionhall.config.finished import with_finished_pages  # noqa: E402 - only after Django is set up

application = with_finished_pages(_django)
