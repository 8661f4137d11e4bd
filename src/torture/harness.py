"""What every kind of torture needs: the real launcher, a folder of its own, a seed, and counting."""

import collections
import contextlib
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
LAUNCHER = REPOSITORY / "bin" / "prontodb"
KILLED = {-signal.SIGKILL, 128 + signal.SIGKILL}

# An account that owns nothing.
NOBODY = 65534

# No command of the product takes nearly as long, even on a machine that does much else.
HANGS_AFTER = 120


class Broken(Exception):
    """A promise that did not hold. The text says which, and what was there instead."""


class Skip(Exception):
    """This machine lacks what the torture needs. The text says what."""


class Done:
    """How a command ended."""

    def __init__(self, arguments, code, out, err):
        self.arguments = arguments
        self.code = code
        self.out = out
        self.err = err

    def __str__(self):
        words = " ".join(str(word) for word in self.arguments)
        return f"{words}\n  exit code {self.code}\n  stderr: {self.err.strip()[:1500]} … {self.err.strip()[1500:][-500:]}"


class Round:
    """One round of one kind: what it draws from chance, where it works, what it counts."""

    def __init__(self, kind, seed, number, workers):
        self.random = random.Random(f"{kind} {seed} {number}")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="prontodb-torture-"))
        self.home = self.folder / "home"
        self.home.mkdir()
        self.database = self.folder / "data" / "torture.db"
        self.database.parent.mkdir(mode=0o700)
        self.workers = workers
        self.counts = collections.Counter()
        # When a round that only samples is to come to its end.
        self.deadline = float("inf")
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "PRONTO_DB": str(self.database),
            "PRONTO_SECURITY": "false",
        }

    def start(self, *arguments, stdin=None, stdout=subprocess.PIPE, before=(), launcher=LAUNCHER, **options):
        """Starts the product. `before` is a command that runs it, such as strace."""
        environment = {**self.environment, **options.pop("environment", {})}
        words = [*before, launcher, *arguments]
        return subprocess.Popen(
            [str(word) for word in words],
            stdin=stdin if stdin is not None else subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={name: value for name, value in environment.items() if value is not None},
            cwd=options.pop("cwd", self.folder),
            **options,
        )

    def run(self, *arguments, stdin=None, **options):
        """Runs the product to its end. `stdin` is a file that is open, or bytes."""
        piped = isinstance(stdin, bytes)
        process = self.start(*arguments, stdin=subprocess.PIPE if piped else stdin, **options)
        return self.end(process, arguments, stdin if piped else None)

    def end(self, process, arguments=("prontodb",), piped=None):
        try:
            out, err = process.communicate(piped, timeout=HANGS_AFTER)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Broken(f"{' '.join(map(str, arguments))} did not end in {HANGS_AFTER} s") from None
        done = Done(arguments, process.returncode, (out or b"").decode(errors="surrogateescape"), err.decode(errors="replace"))
        told = "\tat " in done.err or "Exception" in done.err or "internal error" in done.err
        if told or "SIGSEGV" in done.err:
            raise Broken(f"an error without words: {done}")
        return done

    def succeed(self, *arguments, **options):
        done = self.run(*arguments, **options)
        self.expect(done.code == 0, f"should have succeeded: {done}")
        return done

    def expect(self, truth, message):
        if not truth:
            raise Broken(message)

    def is_late(self):
        return time.monotonic() > self.deadline

    def no_litter(self, folder=None):
        """Nothing but the database and what the round itself has put there."""
        folder = folder or self.database.parent
        litter = sorted(str(file.relative_to(folder)) for file in folder.rglob(".*"))
        self.expect(not litter, f"left behind in {folder.name}: {', '.join(litter)}")

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def load(number, sizes, batch=True, replace=True):
    """A load of the namespaces t.n0, t.n1, …: every value says which load it is of."""
    lines = [f"meta:batch=load-{number};"] if batch else []
    for namespace, size in enumerate(sizes):
        lines.append(f"meta:path=t.n{namespace};" + (" meta:replace;" if replace else ""))
        value = f"load {number} of namespace {namespace}"
        # Neither in order nor random: 7919 is prime, so every key comes once.
        lines += [f'key{i * 7919 % (size + 1):07d}="{value}";' for i in range(1, size + 1)]
    lines.append("meta:end;\n")
    return "\n".join(lines).encode()


@contextlib.contextmanager
def opened(database):
    connection = sqlite3.connect(f"file:{urllib.parse.quote(str(database))}?mode=rw", uri=True, timeout=30)
    try:
        yield connection
    finally:
        connection.close()


def require_sound(database):
    """As the stock sqlite3 would: the product is not asked."""
    with opened(database) as connection:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if answers != ["ok"]:
        raise Broken(f"{database} is damaged: {'; '.join(answers[:3])}")


def tables(database):
    """The table of each namespace, by its address."""
    if not database.exists() or database.stat().st_size == 0:
        return {}
    with opened(database) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sys_namespaces'").fetchone():
            return {}
        rows = connection.execute("SELECT project, namespace, table_name FROM sys_namespaces").fetchall()
    return {f"{project}.{namespace}": table for project, namespace, table in rows}


def records(database, namespace):
    """Keys and values of a namespace, empty where there is none."""
    table = tables(database).get(namespace)
    if table is None:
        return {}
    with opened(database) as connection:
        rows = connection.execute(f'SELECT CAST(k AS TEXT), CAST(v AS BLOB) FROM "{table}"').fetchall()
    return {key: bytes(value) for key, value in rows}


def version_of(database, namespace, size):
    """Which load a namespace holds, 0 for none. Anything but one whole load is a broken promise."""
    held = collections.Counter(records(database, f"t.n{namespace}").values())
    if not held:
        return 0
    (value, count), *others = held.most_common()
    words = value.decode().split()
    if others or count != size or words[-1] != str(namespace):
        shown = ", ".join(f"{count} × {value.decode()!r}" for value, count in held.most_common(3))
        raise Broken(f"t.n{namespace} does not hold one whole load of {size} records: {shown}")
    return int(words[1])


def as_nobody(round):
    """Runs the product as somebody for whom permissions count, which root is not."""
    if os.geteuid() != 0:
        return []
    need("setpriv")
    os.chmod(round.folder, 0o755)
    try:
        subprocess.run(["setpriv", f"--reuid={NOBODY}", LAUNCHER, "version"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        raise Skip("needs a checkout that every user can read") from None
    for folder, _, files in os.walk(round.folder):
        os.chown(folder, NOBODY, NOBODY)
        for file in files:
            os.chown(os.path.join(folder, file), NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def measure(action):
    started = time.monotonic()
    action()
    return time.monotonic() - started


def need(tool):
    if not shutil.which(tool):
        raise Skip(f"needs {tool}")
    return tool
