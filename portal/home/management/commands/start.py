"""`manage.py start`: everything from an empty folder to a running portal on one's own machine."""

import socket
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.home.companions import INDEXER, WORKER, companions
from portal.home.demo.accounts import sign_in_lines
from portal.home.foundation import answer_at_port
from search.engines import get_engine
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    """Prepares the database, the demo content and the index, then serves."""

    help = "Prepare the portal on this machine and serve it."

    def add_arguments(self, parser):
        """Ask for the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        """Prepare, say where the portal is, serve until it is stopped."""
        self._refuse_taken_port(port)
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        self.stdout.write(_("Preparing the database …"))
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if self._has_no_index():
            self._build_index()
        self.stdout.write(_("Loading the demo content …"))
        call_command("demo", verbosity=0)
        call_command("documents", "read", verbosity=0)
        answer_at_port(port)
        # Always, because the index learns its words from what it holds, and an earlier start may have been cut short.
        self._build_index()
        self._say_where(port)
        # From here on as readers see it: with the portal's own error pages.
        settings.DEBUG = False
        beside = (WORKER,) if get_engine().is_inline else (WORKER, INDEXER)
        with companions(*beside):
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def _build_index(self) -> None:
        """A search server that is away keeps nobody from starting: the standby answers until it is back."""
        try:
            call_command("search", "rebuild", stdout=StringIO())
        except CommandError as error:
            if get_engine().is_inline:
                raise
            self.stderr.write(str(error))

    def _has_no_index(self) -> bool:
        try:
            get_engine().generations()
        except EngineUnavailable:
            return True
        return False

    def _refuse_taken_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    _(
                        "Port %(port)s is taken by another program. End that program, or choose another port: "
                        "make run PORT=%(other)s"
                    )
                    % {"port": port, "other": port + 1}
                ) from error
            except OverflowError as error:
                raise CommandError(_("A port is a number from 1 to 65535.")) from error

    def _say_where(self, port: int) -> None:
        self.stdout.write("")
        self.stdout.write(self.style.SUCCESS(_("The portal answers at http://127.0.0.1:%(port)s/") % {"port": port}))
        self.stdout.write(_("Editing interface: http://127.0.0.1:%(port)s/redaktion/") % {"port": port})
        for line in sign_in_lines():
            self.stdout.write(line)
        self.stdout.write(_("Stop with Ctrl+C."))
