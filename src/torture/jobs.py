"""Commands that change something, each with what is right before and after it: what faults are tried on."""

import hashlib
import os
import random
import shutil
import subprocess
import tarfile
import time

from harness import Broken, load, opened, require_sound

SIZES = [2500, 2500, 2500]
EXPIRED = 3000


class Job:
    """One command, and where it writes."""

    def __init__(self, name, *arguments, stdin=None, out=None, fresh=False, steps=False, reads=False, once=False):
        self.name = name
        self.arguments = arguments
        self.stdin = stdin
        # A file or folder that it makes, apart from the database.
        self.out = out
        # Whether there is no database before it.
        self.fresh = fresh
        # Whether it works in several transactions of which some may be done when it fails.
        self.steps = steps
        # Whether the database stays as it is.
        self.reads = reads
        # Whether there is nothing left to do for it when it is done.
        self.once = once


class Bench:
    """A database to try jobs on, again and again from the same beginning."""

    def __init__(self, round, folder, out):
        started = time.monotonic()
        self.round = round
        self.folder = folder
        self.out = out
        self.store = round.folder / "store"
        self.store.mkdir()
        round.database = folder / "torture.db"
        round.environment["PRONTO_DB"] = str(round.database)
        self.database = round.database
        base = ["-d", self.store / "base.db", "-q"]
        round.succeed(*base, "stream", stdin=wide(2, SIZES))
        round.succeed(*base, "backup", "--out", self.store / "other.tar.gz")
        round.succeed(*base, "stream", stdin=wide(1, SIZES))
        expired = "".join(f"key{i}={'v' * 200};\n" for i in range(EXPIRED))
        cache = 'meta:path=t.cache; meta:cache="timeout=1"; meta:ttl=1;\n' + expired
        round.succeed(*base, "stream", stdin=cache.encode())
        round.succeed(*base, "export-fs", "t.n0", self.store / "tree")
        for file in list((self.store / "tree").rglob("key*.json"))[::2]:
            file.write_text('"changed"')
        (self.store / "load.pronto").write_bytes(wide(3, SIZES))
        rows = "".join(f"row{i * 7919 % 20011:06d}\t{'dmFsdWUh' * 60}\n" for i in range(20010))
        (self.store / "rows.tsv").write_text(rows)
        with opened(self.store / "base.db") as connection:
            connection.execute("UPDATE \"ns_t_cache__ttl\" SET expires_at = 1000, created_at = 0")
            connection.commit()
        # The time is for the jobs.
        round.deadline += time.monotonic() - started

    def jobs(self):
        stream = self.store / "load.pronto"
        out = self.out / "target"
        value = random.Random(7).randbytes(300_000)
        return [
            Job("set", "set", "t.n0.big", "-", stdin=value),
            Job("first set", "set", "t.n0.big", "-", stdin=value, fresh=True),
            Job("stream", "-q", "stream", stream),
            Job("piped stream", "-q", "stream", stdin=stream.read_bytes()),
            Job("first stream", "-q", "stream", stream, fresh=True),
            Job("import", "-q", "import", "t.n1", self.store / "rows.tsv", "--replace"),
            Job("first import", "-q", "import", "t.n1", self.store / "rows.tsv", fresh=True),
            Job("piped import", "-q", "import", "t.rows", stdin=(self.store / "rows.tsv").read_bytes()),
            Job("rejects", "-q", "stream", "--keep-going", "--rejects", out, "--report", self.out / "report",
                stdin=b"meta:path=t.n0; a b=c;\n" + b"x y=z;\n" * 40_000 + b"good=1;\n", out=out),
            Job("export", "export", "t.n0", "-o", out, out=out, reads=True),
            Job("export gzip", "export", "t.n1", "-o", self.out / "target.gz", out=self.out / "target.gz", reads=True),
            Job("backup", "-q", "backup", "--out", out, out=out, reads=True, once=True),
            Job("restore", "-q", "restore", "--force", self.store / "other.tar.gz"),
            Job("first restore", "-q", "restore", self.store / "other.tar.gz", fresh=True, once=True),
            Job("vacuum", "admin", "vacuum"),
            Job("purge", "admin", "purge", steps=True),
            Job("delete", "-q", "del", "--prefix", "t.n2.key", once=True),
            Job("drop", "admin", "drop-ns", "t.n2", once=True),
            Job("create-cache", "admin", "create-cache", "t.new", "timeout=60"),
            Job("user", "admin", "user=sam;pass=123;"),
            Job("export-fs", "-q", "export-fs", "t.n2", self.out / "tree", out=self.out / "tree", steps=True, reads=True),
            Job("import-fs", "-q", "import-fs", self.store / "tree", "--overwrite", steps=True),
        ]

    def lay_out(self, job):
        """Puts everything back to the beginning."""
        for folder in {self.folder, self.out}:
            for old in folder.iterdir():
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        if not job.fresh:
            shutil.copyfile(self.store / "base.db", self.database)
            os.chmod(self.database, 0o600)
        if job.name.startswith("export ") or job.name == "export":
            job.out.write_bytes(b"old\n")
        return self.state()

    def state(self):
        """A hash of each namespace's records."""
        if not self.database.exists() or self.database.stat().st_size == 0:
            return {}
        require_sound(self.database)
        held = {}
        with opened(self.database) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sys_namespaces'").fetchone():
                return {}
            spaces = connection.execute("SELECT project, namespace, table_name FROM sys_namespaces").fetchall()
            for project, namespace, table in spaces:
                digest = hashlib.sha256()
                for row in connection.execute(f'SELECT CAST(k AS TEXT), CAST(v AS BLOB) FROM "{table}"'):
                    digest.update(repr(row).encode())
                held[f"{project}.{namespace}"] = digest.hexdigest()
            users = connection.execute("SELECT name FROM sec_users ORDER BY 1").fetchall()
            held["users"] = " ".join(name for name, in users)
        return held

    def judge(self, job, done, before):
        """Whether the report of a command that met a fault is true; then it has to work without one."""
        round = self.round
        now = self.state()
        output = self.output(job, done)
        again = round.run(*job.arguments, stdin=job.stdin)
        wanted = 65 if job.name == "rejects" else 0
        if not (job.once and done.code == 0):
            round.expect(again.code == wanted, f"{job.name} does not work again without the fault: {again}\nfirst: {done}")
        after = self.state()
        names = [name for name in before.keys() | now.keys() | after.keys()]
        changed = [name for name in names if now.get(name) != before.get(name)]
        missing = [name for name in names if now.get(name) != after.get(name)]
        neither = [name for name in changed if name in missing]
        if job.fresh:
            # The seed of a new database is no change that a user sees.
            neither = [name for name in neither if name != "users"]
            changed = [name for name in changed if name != "users"]
            missing = [name for name in missing if name != "users"]
        if job.name not in ("import-fs", "purge"):
            round.expect(not neither, f"{job.name} left {neither} neither before nor after: {done}")
        if done.code == wanted:
            round.expect(not missing, f"{job.name} ended well, but {missing} are not as they should be: {done}")
            round.expect(output != "missing", f"{job.name} ended well, but its output is missing")
        elif "applied in part" in done.err:
            round.expect(changed and missing, f"in part? changed {changed}, not {missing}: {done}")
            round.expect("nothing was changed" not in done.err, f"in part, and nothing? {done}")
        elif job.reads and not job.steps:
            round.expect(output != "whole", f"{job.name} failed, but has replaced the file: {done}")
        elif not job.steps:
            round.expect(not changed, f"{job.name} failed, but has changed {changed}: {done}")
        if "unlink(" in done.err:
            # What could not be taken away is there; the next one that writes there takes it.
            return
        round.no_litter(self.folder)
        if self.out != self.folder:
            left = [file.name for file in self.out.iterdir() if file.name.startswith(".")]
            round.expect(not left, f"left beside the output: {left}")

    def output(self, job, done):
        """Whole, old, or missing; anything else is a broken promise."""
        if job.out is None or job.name == "rejects":
            return None
        if job.name == "export-fs":
            return "whole"
        if not job.out.exists():
            self.round.expect(not job.name.startswith("export"), f"{job.name} took the old file away: {done}")
            return "missing"
        if job.out.read_bytes() == b"old\n":
            return "missing" if job.reads else "old"
        if job.name == "export":
            lines = job.out.read_bytes().count(b"\n")
            self.round.expect(lines == SIZES[0], f"half an export, {lines} lines: {done}")
        elif job.name == "export gzip":
            whole = subprocess.run(["gzip", "-t", job.out], stderr=subprocess.DEVNULL).returncode == 0
            self.round.expect(whole, f"half an export: {done}")
        else:
            try:
                with tarfile.open(job.out) as archive:
                    self.round.expect(len(archive.getnames()) >= 3, f"half a backup: {done}")
            except (tarfile.TarError, EOFError, OSError) as error:
                raise Broken(f"half a backup, {error}: {done}") from None
        return "whole"


def wide(number, sizes):
    """As harness.load, with values that take room."""
    return load(number, sizes, batch=False).replace(b'="load', b'="' + b"wide " * 200 + b"load")
