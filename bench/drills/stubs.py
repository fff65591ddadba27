"""What stands in for systemd in the drills of the roads: units are checked, and started as their user, by what they say."""

from __future__ import annotations

SYSTEMCTL = '''#!{python}
import os, pathlib, re, shlex, subprocess, sys, time
UNITS, words = pathlib.Path("/etc/systemd/system"), [one for one in sys.argv[1:] if not one.startswith("-")]
def said(unit, name):
    return [line.partition("=")[2] for line in (UNITS / unit).read_text().splitlines() if line.startswith(name + "=")]
def start(unit, waits):
    unit = unit if "." in unit else unit + ".service"
    user = said(unit, "User")[0]
    given = dict(PATH=os.environ["REAL_PATH"], HOME="/nonexistent")
    for line in said(unit, "Environment"):
        given |= dict(one.split("=", 1) for one in line.split())
    for path in said(unit, "EnvironmentFile"):
        lines = [line for line in pathlib.Path(path).read_text().splitlines() if "=" in line and line[0] != "#"]
        given |= dict((name, shlex.split(value)[0] if shlex.split(value) else "") for name, _, value in (line.partition("=") for line in lines))
    for name in said(unit, "StateDirectory"):
        folder = pathlib.Path("/var/lib") / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        subprocess.run(["chown", user + ":" + user, folder], check=True)
    command = ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--no-new-privs", "--bounding-set=-all"]
    command += shlex.split(said(unit, "ExecStart")[0])
    options = dict(env=given, cwd=said(unit, "WorkingDirectory")[0])
    if waits:
        sys.exit(subprocess.run(command, **options).returncode)
    log = open("/srv/" + unit + ".log", "w")
    started = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **options)
    pathlib.Path("/srv/pids").open("a").write(str(started.pid) + "\\n")
if words[0] == "daemon-reload":
    for unit in UNITS.glob("guides*"):
        told = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
        wrong = [line for line in told.stderr.splitlines() if "guides" in line and "not executable" not in line]
        wrong and sys.exit("\\n".join(wrong))
elif words[0] == "enable":
    for unit in words[1:]:
        unit.endswith(".timer") or start(unit, False)
elif words[0] == "start":
    start(words[1], True)
'''
# And for psql, as the database's own user: each -c is done.
PSQL = '''#!{python}
import sys, psycopg
words = sys.argv[sys.argv.index("psql") + 1:]
with psycopg.connect("{address}", autocommit=True) as database:
    for option, statement in zip(words[::2], words[1::2]):
        option == "-c" or sys.exit("only -c is played here")
        database.execute(statement)
'''
NOTHING = "#!/bin/sh\nexit 0\n"
