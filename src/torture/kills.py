"""kill -9 at any moment: every namespace holds one whole load, and running it again completes it."""

import pathlib
import shutil
import subprocess
import time

from harness import KILLED, Broken, load, measure, opened, records, require_sound, tables, version_of

# Where a kill has its place: the system calls through which files change.
CALLS = ["pwrite64", "write", "fsync", "ftruncate", "unlink", "openat", "close", "fcntl", "rename", "link"]


class Killer:
    """Kills commands, by the clock or, where there is strace, at the n-th call of a kind."""

    def __init__(self, round):
        self.round = round
        self.strace = shutil.which("strace")
        self.longest = 1.0

    def learn(self, action):
        """Kills by the clock fall into as long as this takes."""
        self.longest = measure(action)

    def strike(self, *arguments, stdin=None):
        """Runs a command that is to be killed; answers whether it was, or None if it had ended."""
        random = self.round.random
        before = []
        if self.strace and random.random() < 0.5:
            # Few calls are made once, some a thousand times: every order of magnitude has its turn.
            at = int(10 ** random.uniform(0, 2.7))
            call = random.choice(CALLS)
            before = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", f"trace={call}"]
            before += ["-e", f"inject={call}:signal=KILL:when={at}"]
            process = self.round.start(*arguments, stdin=stdin, before=before)
        else:
            process = self.round.start(*arguments, stdin=stdin)
            try:
                process.wait(random.uniform(0, self.longest))
            except subprocess.TimeoutExpired:
                process.kill()
        done = self.round.end(process, arguments)
        if done.code in KILLED:
            self.round.counts["kills"] += 1
            return True
        self.round.expect(done.code == 0, f"neither killed nor done: {done}")
        return False

    def until_done(self, *arguments, stdin=None, verify=lambda: None, most=6, done=lambda: False):
        """Kills a command again and again, then lets it complete; `verify` holds after each.

        `done` tells of a command that can not be run twice that a killed one had been through.
        """
        killed = True
        while killed and most and not self.round.is_late():
            most -= 1
            with open(stdin, "rb") if stdin else open("/dev/null", "rb") as file:
                killed = self.strike(*arguments, stdin=file)
            verify()
            if done():
                return
        if killed:
            with open(stdin, "rb") if stdin else open("/dev/null", "rb") as file:
                self.round.succeed(*arguments, stdin=file)
            verify()


def sound(round):
    """Sound, asked of SQLite itself or, which takes longer, of the product."""
    if not round.database.exists() or round.database.stat().st_size == 0:
        return
    if round.random.random() < 0.3:
        round.succeed("check")
    else:
        require_sound(round.database)


def loads(round):
    """Loads of several namespaces, with and without a batch id, from a file and from a pipe."""
    killer = Killer(round)
    sizes = [300, 300, 300, 300, 12000]
    file = round.folder / "load.pronto"
    file.write_bytes(load(1, sizes))
    killer.learn(lambda: round.succeed("-q", "stream", file))
    for number in range(2, 5):
        if round.is_late():
            break
        file.write_bytes(load(number, sizes, batch=round.random.random() < 0.7))

        def verify():
            sound(round)
            held = [version_of(round.database, n, size) for n, size in enumerate(sizes)]
            # They commit in the order of their first appearance.
            legal = [number] * held.count(number) + [number - 1] * held.count(number - 1)
            round.expect(held == legal, f"load {number} left the namespaces at {held}")

        piped = round.random.random() < 0.5
        arguments = ["-q", "stream"] if piped else ["-q", "stream", file]
        killer.until_done(*arguments, stdin=file if piped else None, verify=verify)
        held = [version_of(round.database, n, size) for n, size in enumerate(sizes)]
        round.expect(held == [number] * len(sizes), f"load {number} is done, but left {held}")
    round.succeed("check")
    round.no_litter()


def first_loads(round):
    """The load that makes the database: there is none, or one with all of it."""
    killer = Killer(round)
    file = round.folder / "first.pronto"
    rows = "".join(f"key{i:07d}={'x' * 100};\n" for i in range(90_000))
    file.write_text("meta:path=t.big;\n" + rows + "meta:path=t.small; a=b;\n")
    killer.learn(lambda: round.succeed("-q", "stream", file))
    for _ in range(2):
        for old in round.database.parent.iterdir():
            old.unlink()

        def verify():
            if round.database.exists():
                sound(round)
                held = len(records(round.database, "t.big")), len(records(round.database, "t.small"))
                round.expect(held in [(0, 0), (90_000, 0), (90_000, 1)], f"a first load left {held}")

        piped = round.random.random() < 0.5
        arguments = ["-q", "stream"] if piped else ["-q", "stream", file]
        killer.until_done(*arguments, stdin=file if piped else None, verify=verify, most=4)
        # What was left between the link to its place and the end goes with the next load.
        round.succeed("-q", "stream", stdin=b"meta:path=t.small; a=b;")
        round.no_litter()


def exports(round):
    """export -o: the old file or the new one, whole."""
    killer = Killer(round)
    source = round.folder / "rows.tsv"
    source.write_text("".join(f"key{i:06d}\tdmFsdWU=\n" for i in range(30_000)))
    round.succeed("-q", "import", "t.rows", source)
    target = round.folder / "out" / "rows.tsv"
    target.parent.mkdir()
    killer.learn(lambda: round.succeed("export", "t.rows", "-o", target))
    new = target.read_bytes()
    for _ in range(3):
        target.write_bytes(b"old\n")
        killer.until_done(
            "export",
            "t.rows",
            "-o",
            target,
            verify=lambda: round.expect(target.read_bytes() in (b"old\n", new), "half an export"),
        )
        round.expect(target.read_bytes() == new, "an export that is done is not there")
        round.no_litter(target.parent)


def mirrors(round):
    """export-fs and import-fs: running them again completes the tree, and each namespace."""
    killer = Killer(round)
    tree = round.folder / "tree"
    count = 400
    number = 1
    round.succeed("-q", "stream", stdin=load(number, [count, count]))
    killer.learn(lambda: round.succeed("-q", "export-fs", tree))
    for number in range(2, 4):
        round.succeed("-q", "stream", stdin=load(number, [count, count]))
        killer.until_done("-q", "export-fs", tree)
        files = list(tree.rglob("key*.json"))
        wrong = [file for file in files if f"load {number} of" not in file.read_text()]
        round.expect(len(files) == 2 * count and not wrong, f"the tree has {len(files)} files, {len(wrong)} of them old")
        left = [file.name for file in tree.rglob(".*") if file.name != ".prontodb-manifest"]
        left = [name for name in left if not name.startswith(".prontodb-manifest.jsonl")]
        round.expect(not left, f"left behind in the tree: {left[:5]}")
    for file in tree.rglob("key*.json"):
        file.write_text(file.read_text().replace(f"load {number} of", f"load {number + 1} of"))

    def verify():
        sound(round)
        held = [version_of(round.database, n, count) for n in range(2)]
        round.expect(set(held) <= {number, number + 1}, f"import-fs left {held}")

    killer.until_done("-q", "import-fs", tree, verify=verify)
    held = [version_of(round.database, n, count) for n in range(2)]
    round.expect(held == [number + 1] * 2, f"import-fs is done, but left {held}")
    round.no_litter()


def upkeep(round):
    """vacuum, purge, drop-ns and del --prefix: nothing is lost that was not to go."""
    killer = Killer(round)
    size = 6000
    round.succeed("-q", "stream", stdin=load(1, [size, size, size]))
    cache = "".join(f"key{i}=v;" for i in range(5000))
    round.succeed("-q", "stream", stdin=b'meta:path=t.cache; meta:cache="timeout=1"; meta:ttl=1;' + cache.encode())
    killer.learn(lambda: round.succeed("admin", "vacuum"))

    def keeps(*numbers):
        def verify():
            sound(round)
            for number in numbers:
                version_of(round.database, number, size)
                round.expect(tables(round.database).get(f"t.n{number}"), f"t.n{number} is gone")

        return verify

    killer.until_done("admin", "vacuum", verify=keeps(0, 1, 2))
    killer.until_done("admin", "purge", verify=keeps(0, 1, 2))
    while killer.strike("admin", "drop-ns", "t.n2"):
        keeps(0, 1)()
        round.expect(len(records(round.database, "t.n2")) in (0, size), "half a namespace was dropped")
        if "t.n2" not in tables(round.database):
            break
    keeps(0, 1)()
    while killer.strike("-q", "del", "--prefix", "t.n1.key"):
        keeps(0)()
        held = len(records(round.database, "t.n1"))
        round.expect(held in (0, size), f"half of a prefix was deleted, {held} are left")
        if held == 0:
            break
    keeps(0)()
    round.no_litter()


def backups(round):
    """backup and restore: the file is whole or not there, the content is the old one or the new."""
    killer = Killer(round)
    size = 6000
    files = []
    for number in (1, 2):
        round.succeed("-q", "stream", stdin=load(number, [size, size], batch=False))
        files.append(round.folder / f"of{number}.tar.gz")
        killer.learn(lambda: round.succeed("-q", "backup", "--out", files[-1]))
    out = round.folder / "out"
    out.mkdir()
    for number in range(3):
        file = out / f"killed{number}.tar.gz"
        killer.until_done("-q", "backup", "--out", file, done=file.exists)
        round.succeed("-q", "restore", "--dry-run", file)
    round.no_litter(out)
    held = 2
    killer.learn(lambda: round.succeed("-q", "restore", "--force", files[1]))
    for number in (1, 2, 1):

        def verify():
            sound(round)
            versions = {version_of(round.database, n, size) for n in range(2)}
            round.expect(versions in ({held}, {number}), f"restore left loads {versions}")

        killer.until_done("-q", "restore", "--force", files[number - 1], verify=verify)
        held = number
        round.expect(version_of(round.database, 0, size) == number, "a restore that is done is not there")
        for copy in round.database.parent.glob("*.before-restore-*"):
            require_sound(copy)
            copy.unlink()
    # What a killed one left goes with the next that makes such a file.
    round.succeed("-q", "backup", "--out", out / "last.tar.gz")
    round.no_litter()


def checkpoints(round):
    """Many small commits from one process, whose log is copied into the file again and again."""
    killer = Killer(round)
    keys = [f"key{i * 7919 % 3001:05d}" for i in range(3000)]
    text = "meta:path=t.rows;\n" + "".join(f"{key}={'x' * 700};\n" for key in keys)
    file = round.folder / "rows.pronto"
    file.write_text(text)
    arguments = ["-q", "stream", "--commit-every", "100", file]
    killer.learn(lambda: round.succeed(*arguments))
    for _ in range(3):
        round.succeed("admin", "drop-ns", "t.rows")

        def verify():
            sound(round)
            held = records(round.database, "t.rows")
            # What was committed is what came first, up to some statement.
            round.expect(set(held) == set(keys[: len(held)]), f"{len(held)} records, and not the first ones")

        killer.until_done(*arguments, verify=verify)
        round.expect(len(records(round.database, "t.rows")) == 3000, "an endless load is done, but not there")
        round.run("admin", "vacuum")
    round.no_litter()


# What leads from each version of the schema to the one before it.
OLDER = {
    2: [
        "ALTER TABLE sys_namespaces DROP COLUMN compress",
        "ALTER TABLE sys_namespaces DROP COLUMN compress_level",
    ]
}


def migrations(round):
    """The first write into the file of an older release: the old schema or the new one, whole."""
    killer = Killer(round)
    round.succeed("-q", "stream", stdin=load(1, [2000]))
    with opened(round.database) as connection:
        newest = connection.execute("PRAGMA user_version").fetchone()[0]
        for version in range(newest, 1, -1):
            if version not in OLDER:
                round.counts["skipped"] += 1
                return
            for statement in OLDER[version]:
                connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    old = round.database.read_bytes()
    killer.longest = 0.4
    for _ in range(3):
        for file in round.database.parent.iterdir():
            file.unlink()
        round.database.write_bytes(old)

        def verify():
            sound_schema(round, newest)
            version_of(round.database, 0, 2000)

        killer.until_done("set", "t.other.key", "value", verify=verify)
        with opened(round.database) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        round.expect(version == newest, f"the schema is still at {version}")
        round.succeed("check")


def sound_schema(round, newest):
    require_sound(round.database)
    with opened(round.database) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(sys_namespaces)")]
    round.expect(version in (1, newest), f"the schema is at {version}")
    round.expect((version == newest) == ("compress" in columns), f"schema {version} has columns {columns}")


SCENARIOS = [loads, first_loads, exports, mirrors, upkeep, backups, migrations, checkpoints]


def kill(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    scenario(round)
