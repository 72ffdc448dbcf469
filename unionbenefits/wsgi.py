"""The WSGI entry of a server. Without UNIONBENEFITS_MODE=demo it insists on a production configuration."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
os.environ.setdefault("UNIONBENEFITS_MODE", "production")
application = get_wsgi_application()
