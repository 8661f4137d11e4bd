"""The power fails: what the disk held at any moment is sound, and with --durable all that was reported.

The product's own writes and syncs are recorded with strace, and the disk is played through. At a cut,
what a sync has confirmed is there; of what was written since, all, nothing, the first part, or any
part of it, writes torn at any sector. Names of files come to the disk in their order, when their
folder is synced or earlier. The rebuilt files are read by the stock SQLite.
"""

import contextlib
import re
import shutil

from harness import load, need, opened, require_sound, version_of

SECTOR = 512
WAYS = ("nothing", "all", "prefix", "any")
CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,link,unlink"
CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<.*>)?(?: .*)?$")
UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
DESCRIPTOR = re.compile(r'^(\d+)<((?:[^>"]|\\x3e)*)>(?:\(deleted\))?')


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


def calls(trace):
    """Name, arguments and result of each call, those that others have interrupted put together."""
    begun = {}
    with open(trace, encoding="ascii", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if match := UNFINISHED.match(line):
                begun[match[1]] = match[2]
                continue
            if match := RESUMED.match(line):
                line = f"{match[1]} {begun.pop(match[1], '')}{match[2]}"
            if match := CALL.match(line):
                yield match[2], match[3], int(match[4])


def strings(arguments):
    return [unhex(text) for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]


class File:
    """A file's content: what is on the disk for sure, and what was done to it since."""

    def __init__(self):
        self.synced = bytearray()
        self.pending = []

    def sync(self):
        for change in self.pending:
            apply(self.synced, change)
        self.pending = []


def apply(content, change):
    at, data = change
    if data is None:
        size = at
        del content[size:]
        content.extend(bytes(size - len(content)))
    else:
        if len(content) < at:
            content.extend(bytes(at - len(content)))
        content[at : at + len(data)] = data


class Disk:
    """One folder on a disk that can lose its power."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.names = {}
        self.synced_names = {}
        self.pending_names = []
        self.at = {}

    def path(self, raw):
        """The name in the folder, None for what is elsewhere or is no matter of the disk."""
        text = raw.decode(errors="replace")
        if text.startswith(self.folder + "/") and not text.endswith("-shm"):
            return text[len(self.folder) + 1 :]
        return None

    def rename(self, name, file):
        if file is None:
            self.names.pop(name, None)
        else:
            self.names[name] = file
        self.pending_names.append((name, file))

    def play(self, name, arguments, result):
        """What a call did to the folder; answers whether it was anything."""
        if result < 0:
            return False
        if name == "openat":
            path = self.path(strings(arguments)[0])
            if path and "O_CREAT" in arguments and path not in self.names:
                self.rename(path, File())
                return True
            if path and "O_TRUNC" in arguments and path in self.names:
                self.names[path].pending.append((0, None))
                return True
            return False
        if name in ("rename", "link", "unlink"):
            paths = [self.path(raw) for raw in strings(arguments)]
            file = self.names.get(paths[0])
            if file is None:
                return False
            if name != "unlink":
                self.rename(paths[1], file)
            if name != "link":
                self.rename(paths[0], None)
            return True
        descriptor = DESCRIPTOR.match(arguments)
        if not descriptor:
            return False
        where = descriptor[2]
        where = unhex(where) if where.startswith("\\x") else where.encode()
        if name in ("fsync", "fdatasync") and where.decode(errors="replace") == self.folder:
            self.synced_names = dict(self.names)
            self.pending_names = []
            return True
        file = self.names.get(self.path(where))
        if file is None:
            return False
        if name in ("fsync", "fdatasync"):
            file.sync()
        elif name == "ftruncate":
            file.pending.append((int(arguments.split(", ")[1]), None))
        elif name == "pwrite64":
            data = strings(arguments)[0]
            file.pending.append((int(arguments.rsplit(", ", 1)[1]), data[:result]))
        else:
            # Files that are written from their beginning to their end, by one descriptor.
            at = self.at.get(where, 0)
            file.pending.append((at, strings(arguments)[0][:result]))
            self.at[where] = at + result
        return True

    def cut(self, random, way, target):
        """Writes into `target` what is there when the power comes back."""
        names = dict(self.synced_names)
        kept = {"nothing": 0, "all": len(self.pending_names)}.get(way)
        kept = random.randint(0, len(self.pending_names)) if kept is None else kept
        for name, file in self.pending_names[:kept]:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        for name, file in names.items():
            (target / name).write_bytes(after(file, random, way))


def after(file, random, way):
    content = bytearray(file.synced)
    pending = file.pending
    if way == "nothing":
        return content
    if way == "prefix":
        pending = pending[: random.randint(0, len(pending))]
    for change in pending:
        at, data = change
        if way != "any" or random.random() < 0.5:
            apply(content, change)
        elif data is not None and len(data) > SECTOR and random.random() < 0.5:
            # Torn: some of its sectors, as the disk has them.
            start = at
            while start < at + len(data):
                end = min((start // SECTOR + 1) * SECTOR, at + len(data))
                if random.random() < 0.5:
                    apply(content, (start, data[start - at : end - at]))
                start = end
    return content


def record(round, trace, *arguments, stdin=None):
    """Runs a command and answers its calls."""
    before = ["strace", "-f", "-qqq", "-y", "-xx", "-s", "16777216", "-o", trace, "-e", f"trace={CALLS}"]
    done = round.run(*arguments, stdin=stdin, before=before)
    round.expect(done.code == 0, f"under strace: {done}")
    return list(calls(trace))


def power(round):
    """Loads that replace each other, or files that are written; then the power is cut after each write."""
    need("strace")
    if round.number % 3 == 2:
        outputs(round)
    else:
        loads(round)


def loads(round):
    random = round.random
    durable = round.number % 3 == 1
    keep_open = random.random() < 0.7
    round.title = ("durable" if durable else "normal") + (", others connected" if keep_open else "")
    sizes = [20, random.choice([40, 600]), 5]
    script = []
    with contextlib.ExitStack() as stack:
        for number in range(1, random.randint(3, 5)):
            file = round.folder / "load.pronto"
            file.write_bytes(load(number, sizes, batch=random.random() < 0.5))
            flags = ["-q", "--durable"] if durable else ["-q"]
            piped = random.random() < 0.5
            with open(file, "rb") as stdin:
                arguments = [*flags, "stream"] if piped else [*flags, "stream", file]
                did = record(round, round.folder / "trace", *arguments, stdin=stdin if piped else None)
            script += [("call", call) for call in did] + [("reported", number)]
            if keep_open and number == 1:
                # Whoever is the last to close a database empties its log, which is a sync: not here.
                reader = stack.enter_context(opened(round.database))
                reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        # Before the reader closes it, which changes it, unrecorded.
        happened = {file.name: file.read_bytes() for file in round.database.parent.iterdir()}
    cuts(round, script, sizes, durable, happened)


def outputs(round):
    """An export and a backup: the old file or the new one, whole, and the new one once it is reported."""
    round.title = "files"
    random = round.random
    round.succeed("-q", "stream", stdin=load(1, [random.choice([10, 3000])]))
    folder = round.folder / "out"
    folder.mkdir()
    target = round.folder / "after"
    for name, arguments in [("rows.tsv", ["export", "t.n0", "-o"]), ("b.tar.gz", ["-q", "backup", "--out"])]:
        disk = Disk(folder)
        legal = [None]
        if name == "rows.tsv":
            (folder / name).write_bytes(b"old\n")
            file = File()
            file.synced += b"old\n"
            disk.names[name] = disk.synced_names[name] = file
            legal = [b"old\n"]
        did = record(round, round.folder / "trace", *arguments, folder / name)
        new = (folder / name).read_bytes()
        script = [call for call in did] + [None]
        for call in script:
            if call is None:
                legal = [new]
            elif disk.play(*call):
                legal = legal if new in legal else [*legal, new]
            else:
                continue
            round.counts["writes and syncs recorded"] += 1
            for way in WAYS:
                shutil.rmtree(target, ignore_errors=True)
                target.mkdir()
                disk.cut(random, way, target)
                there = (target / name).read_bytes() if (target / name).exists() else None
                round.counts["cuts"] += 1
                what = "nothing" if there is None else f"{len(there)} bytes"
                round.expect(there in legal, f"{name} after a cut ({way}): {what}")


def cuts(round, script, sizes, durable, happened):
    disk = Disk(round.database.parent)
    reported = 0
    target = round.folder / "after" / round.database.name
    did = sum(1 for what, _ in script if what == "call")
    round.counts["writes and syncs recorded"] += 0
    for what, value in script:
        if what == "reported":
            reported = value
        elif not disk.play(*value):
            continue
        round.counts["writes and syncs recorded"] += 1
        for way in WAYS:
            shutil.rmtree(target.parent, ignore_errors=True)
            target.parent.mkdir()
            disk.cut(round.random, way, target.parent)
            survived(round, target, sizes, reported, durable, way)
    round.expect(disk.names, f"nothing was recorded in {did} calls")
    round.expect(round.database.name in disk.names, "the recording knows nothing of the database")
    for name, file in disk.names.items():
        file.sync()
        there = happened.get(name)
        round.expect(there == bytes(file.synced), f"the recording of {name} is not what happened")


def survived(round, database, sizes, reported, durable, way):
    round.counts["cuts"] += 1
    if not database.exists() or database.stat().st_size == 0:
        held = [0] * len(sizes)
    else:
        require_sound(database)
        held = [version_of(database, n, size) for n, size in enumerate(sizes)]
    # Namespaces commit in order, so that a later one is never ahead of an earlier one.
    round.expect(held == sorted(held, reverse=True), f"out of order after {reported}: {held}")
    if durable:
        legal = all(reported <= version <= reported + 1 for version in held)
        round.expect(legal, f"load {reported} was reported; after a cut ({way}) there is {held}")
    elif min(held) < reported:
        round.counts["cuts that lost a reported load, as without --durable they may"] += 1
