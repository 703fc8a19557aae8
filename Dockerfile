# The production image: gunicorn, the locked packages and nothing that builds them. docs/operation.md says how it is run.

FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.11-slim-bookworm AS packages
COPY requirements/production.txt /build/
RUN python -m venv /srv/venv \
 && /srv/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: \
    -r /build/production.txt

FROM python:3.11-slim-bookworm
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PORTAL_DATA_DIR=/srv/data
# The account owns its data and nothing else: what runs cannot change what runs.
RUN useradd --system --uid 10001 --home-dir /srv/data --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal -m 750 /srv/data
WORKDIR /srv/portal
COPY --from=packages /srv/venv /srv/venv
COPY --from=assets /build/node_modules ./node_modules
COPY manage.py pyproject.toml ./
COPY locale ./locale
COPY templates ./templates
COPY portal ./portal
COPY network ./network
COPY knowledge ./knowledge
COPY search ./search
RUN python -c 'import polib; polib.pofile("locale/de/LC_MESSAGES/django.po").save_as_mofile("locale/de/LC_MESSAGES/django.mo")' \
 && python -m compileall -q portal network knowledge search

USER portal
VOLUME /srv/data
EXPOSE 8000
# Asks as the proxy would, because production answers its own host names and HTTPS only.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "\
import http.client, os\n\
host = os.environ['PORTAL_ALLOWED_HOSTS'].split(',')[0].lstrip('.')\n\
asked = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4)\n\
asked.request('GET', '/healthz', headers={'Host': host, 'X-Forwarded-Proto': 'https'})\n\
raise SystemExit(asked.getresponse().status >= 400)"]
# WEB_CONCURRENCY says how many processes there are. Their pulse lies in memory, where no slow disk can stop it.
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--access-logfile", "-", "--no-control-socket"]
