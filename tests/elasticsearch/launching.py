"""How a node's process is started: its command, its environment, and as whom."""

import os
import pwd
from pathlib import Path


def launch_command(version: str, home: Path, java_home: Path, configuration: Path) -> list[str]:
    """Return what the start script of a whole distribution would run; the package that carries it leaves that out."""
    java = [
        str(java_home / "bin" / "java"),
        *("-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"),
        f"-Des.path.home={home}",
        f"-Des.path.conf={configuration}",
    ]
    if not version.startswith("8."):
        classes = f"{home}/lib/tools/server-launcher/*"
        return [*java, "-cp", classes, "org.elasticsearch.server.launcher.ServerLauncher"]
    named = [
        "-Dcli.name=server",
        f"-Dcli.script={home}/bin/elasticsearch",
        "-Dcli.libs=lib/tools/server-cli",
        "-Des.distribution.type=tar",
        "-Des.java.type=ES_JAVA_HOME",
    ]
    classes = f"{home}/lib/*:{home}/lib/cli-launcher/*"
    return [*java, *named, "-cp", classes, "org.elasticsearch.launcher.CliToolLauncher"]


def launch_environment(home: Path, java_home: Path, folder: Path, java_options: str) -> dict[str, str]:
    """Return the environment that the start script would set up, free of what other Java programs are told."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("JAVA", "_JAVA", "ES_"))}
    return {
        **others,
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_JAVA_HOME": str(java_home),
        "ES_JAVA_OPTS": java_options,
        "ES_DISTRIBUTION_TYPE": "tar",
        "JAVA": str(java_home / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "CLI_NAME": "server",
        "CLI_LIBS": "lib/tools/server-cli",
    }


def as_unprivileged() -> list[str]:
    """Return the prefix that drops root, as whom Elasticsearch refuses to run."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def give_away(folder: Path) -> None:
    """Let the unprivileged account own a folder that root has made."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
