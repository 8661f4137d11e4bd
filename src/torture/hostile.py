"""Input that nobody means well with: refused with words, in bounded memory and time, and nothing changed."""

import gzip
import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import threading

from harness import HANGS_AFTER, Done, load, require_sound

# The longest statement there may be is 128 MB, and Java keeps it in a buffer that grows by doubling.
MOST_KB = 700_000

# More than anything may read of it: a generator that is asked for more counts as endless.
ENDLESS = 4 << 30

BLOCK = 1 << 20


class Case:
    """One command, what is piped to it, and how it must end."""

    def __init__(self, name, arguments, code, says, feed=None, most=ENDLESS):
        self.name = name
        self.arguments = arguments
        self.code = code
        self.says = says
        self.feed = feed
        self.most = most


def repeated(block, begin=b"", end=b"", size=ENDLESS):
    def feed():
        yield begin
        whole = block * (BLOCK // len(block) + 1)
        for _ in range(size // len(whole) + 1):
            yield whole
        yield end

    return feed


def bytes_of(*parts):
    def feed():
        yield from parts

    return feed


def run(round, case):
    """Runs the case and answers how it ended, with the most memory that it took."""
    process = round.start(*case.arguments, stdin=subprocess.PIPE if case.feed else subprocess.DEVNULL)
    fed = [0]

    def pump():
        try:
            for part in case.feed():
                process.stdin.write(part)
                fed[0] += len(part)
            process.stdin.close()
        except (BrokenPipeError, ValueError, OSError):
            pass

    threads = [threading.Thread(target=pump, daemon=True)] if case.feed else []
    kept = {}

    def drain(name, stream):
        kept[name] = stream.read(4 << 20)
        while stream.read(BLOCK):
            pass

    threads += [threading.Thread(target=drain, args=each, daemon=True) for each in
                [("out", process.stdout), ("err", process.stderr)]]
    for thread in threads:
        thread.start()
    watch = threading.Timer(HANGS_AFTER, process.kill)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    for thread in threads[1 if case.feed else 0 :]:
        thread.join(HANGS_AFTER)
    err = kept.get("err", b"").decode(errors="replace")
    done = Done(case.arguments, process.returncode, kept.get("out", b"").decode(errors="replace"), err)
    what = f"{case.name}, {fed[0] >> 20} MB fed: {str(done)[:2000]}"
    round.expect(process.returncode != -9, f"no end in {HANGS_AFTER} s: {what}")
    for word in ("\tat ", "Exception", "defect of prontodb", "SIGSEGV"):
        round.expect(word not in err, f"an error without words: {what}")
    codes = case.code if isinstance(case.code, tuple) else (case.code,)
    round.expect(done.code in codes, f"exit code {done.code} instead of {case.code}: {what}")
    round.expect(case.says in err + done.out, f'"{case.says}" is not said: {what}')
    round.expect(usage.ru_maxrss < MOST_KB, f"{usage.ru_maxrss >> 10} MB of memory: {what}")
    round.expect(fed[0] < case.most, f"{fed[0] >> 20} MB were read: {what}")
    round.counts["commands"] += 1
    round.counts["MB fed"] += fed[0] >> 20


def streams(round):
    """Statements and lines without an end, too many of them, and text that is none."""
    random = round.random
    begin = b"meta:path=h.n;\n"
    letter = bytes([random.choice(b"aZ0\t\n\r \0\xff\xc3#")])
    few = 1 << 30
    cases = [
        Case("no ;", ["stream"], 65, "statement", repeated(b"a"), few),
        Case("any byte without ;", ["stream"], 65, "error", repeated(letter), few),
        Case("a quote without end", ["stream"], 65, "error", repeated(b"a;", begin + b'k="'), few),
        Case("an error and then no ;", ["stream"], 65, "error", repeated(b"a", begin + b"a b "), few),
        Case("a million namespaces", ["stream"], 65, "more than 10000 namespaces",
             lambda: (b"meta:path=h.n%d;k=v;\n" % n for n in range(1_000_000)), 64 << 20),
        Case("bad statements", ["-q", "-p", "h", "-n", "n", "stream", "--keep-going", "--rejects", "rejects"], 65,
             "error", repeated(b"a b;\n", size=2 << 20)),
        Case("20 errors", ["stream"], 65, "stopped after 20 errors", repeated(b"a b;\n"), few),
        Case("an endless line", ["import", "h.n"], 65, "a line of more than", repeated(letter.replace(b"\n", b"x")), few),
        Case("an endless quoted field", ["-p", "h", "-n", "n", "stream", "--from", "csv"], 65, "a line of more than",
             repeated(b"a\n", b'k,"'), few),
        Case("endless JSON", ["-p", "h", "-n", "n", "stream", "--from", "jsonl"], 65, "error", repeated(b"[", b'{"k":"a","v":'), few),
        Case("an endless address", ["get", "-"], 65, "a line of more than", repeated(b"a"), few),
        Case("an endless value", ["set", "h.n.k", "-"], 65, "bytes, at most", repeated(b"\0"), few),
        Case("nested 1000 deep", ["--json", "set", "h.n.deep", "-"], 0, "", bytes_of(b"[" * 1000 + b"]" * 1000)),
        Case("nested 1001 deep", ["--json", "set", "h.n.k", "-"], 65, "nested more than 1000", bytes_of(b"[" * 1001 + b"]" * 1001)),
        Case("a million [", ["--json", "set", "h.n.k", "-"], 65, "nested more than 1000", bytes_of(b'{"a":' * 1_000_000)),
        Case("a long number", ["--json", "set", "h.n.number", "-"], 0, "", bytes_of(b"-1" + b"0" * 1_000_000 + b".5e999999999")),
        Case("a lone surrogate", ["--json", "set", "h.n.k", "-"], 65, "surrogate", bytes_of(b'"\\ud800"')),
        Case("overlong UTF-8", ["stream"], 65, "UTF-8", bytes_of(begin, b"k=\xc0\xaf;")),
        Case("UTF-8 of a surrogate", ["stream"], 65, "UTF-8", bytes_of(begin, b'"\xed\xa0\x80"=1;')),
        Case("NUL in a key", ["stream"], 65, "<stdin>:2:2", bytes_of(begin, b"a\0b=1;")),
        Case("a mark in the middle", ["stream"], 65, "byte order mark", bytes_of(begin, b"\xef\xbb\xbfk=1;")),
    ]
    before = contents(round)
    for case in cases:
        run(round, case)
        if case.code:
            round.expect(contents(round) == before, f"{case.name}: the database has changed")
        before = contents(round)
    (round.folder / "rejects").unlink(missing_ok=True)
    round.no_litter()


def contents(round):
    if not round.database.exists():
        return None
    return round.succeed("scan", "h.n", "--stream").out if round.succeed("nss", "-q").out else ""


def bombs(round):
    """Little files that become large ones."""
    zeros = round.folder / "zeros.gz"
    with gzip.open(zeros, "wb", compresslevel=1) as file:
        for _ in range(2000):
            file.write(bytes(BLOCK))
    run(round, Case("gzip", ["-p", "h", "-n", "n", "stream", zeros], 65, "error"))
    run(round, Case("gzip to restore", ["restore", zeros], 65, "no backup"))
    if shutil.which("zstd"):
        bomb = round.folder / "bomb.zst"
        with open(bomb, "wb") as out:
            process = subprocess.Popen(["zstd", "-q", "-c"], stdin=subprocess.PIPE, stdout=out)
            for _ in range(8000):
                process.stdin.write(bytes(BLOCK))
            process.stdin.close()
            process.wait()
        run(round, Case("zstd", ["-p", "h", "-n", "n", "stream", bomb], 65, "error"))
        run(round, Case("zstd to restore", ["restore", bomb], 65, "no backup"))
    round.expect(not round.database.exists(), "a bomb made a database")
    round.no_litter()


def member(name, content=b"", **fields):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, content


def archive(round, name, members, sums=True, cut=None):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        lines = ""
        for info, content in members:
            tar.addfile(info, io.BytesIO(content))
            lines += f"{hashlib.sha256(content).hexdigest()}  {info.name}\n"
        if sums:
            tar.addfile(*[(info, io.BytesIO(content)) for info, content in [member("SHA256SUMS", lines.encode())]][0])
    file = round.folder / f"{name}.tar.gz"
    file.write_bytes(gzip.compress(buffer.getvalue()[:cut]))
    return file


def archives(round):
    """Archives that want out of their folder, are cut off, or hold what no backup has."""
    round.succeed("-q", "stream", stdin=b"meta:path=h.n; k=v;")
    round.succeed("-q", "backup", "--out", round.folder / "sound.tar.gz")
    with tarfile.open(round.folder / "sound.tar.gz") as tar:
        sound = {info.name: tar.extractfile(info).read() for info in tar}
    database, manifest = sound["pronto.db"], sound["manifest.json"]
    good = [member("pronto.db", database), member("manifest.json", manifest)]
    link = member("pronto.db", type=tarfile.SYMTYPE, linkname="/etc/passwd")
    device = member("pronto.db", type=tarfile.CHRTYPE, devmajor=1, devminor=5)
    hard = member("pronto.db", type=tarfile.LNKTYPE, linkname="/etc/passwd")
    cases = {
        "sound": archive(round, "again", good),
        "up": archive(round, "up", [member("../pronto.db", database), good[1]]),
        "absolute": archive(round, "absolute", [member("/tmp/pronto.db", database), good[1]]),
        "link": archive(round, "link", [link, good[1]]),
        "hard link": archive(round, "hard", [hard, good[1]]),
        "device": archive(round, "device", [device, good[1]]),
        "twice": archive(round, "twice", [good[0], *good]),
        "more": archive(round, "more", [*good, member("evil", b"x")]),
        "cut": archive(round, "cut", good, cut=round.random.randint(1, len(database))),
        "no sums": archive(round, "bare", good, sums=False),
        "long name": archive(round, "long", [member("a" * 100_000, b"x"), *good]),
    }
    for name, file in cases.items():
        target = round.folder / "restored" / "r.db"
        shutil.rmtree(target.parent, ignore_errors=True)
        code = 0 if name == "sound" else 65
        run(round, Case(name, ["-d", target, "restore", file], code, ""))
        round.expect(name == "sound" or not target.exists(), f"{name}: a database was made")
        if target.parent.exists():
            round.no_litter(target.parent)
    flipped = bytearray((round.folder / "sound.tar.gz").read_bytes())
    for _ in range(20):
        damaged = bytearray(flipped)
        damaged[round.random.randrange(len(damaged))] ^= 1 << round.random.randrange(8)
        file = round.folder / "flipped.tar.gz"
        file.write_bytes(damaged)
        # A bit of the time or the name in the header of gzip changes nothing.
        run(round, Case("a bit", ["restore", "--force", file], (0, 65), ""))
        round.expect(round.succeed("get", "h.n.k").out == "v\n", "a damaged backup changed the database")


def trees(round):
    """Mirror trees with links, loops, pipes, depth, and names that are others' in disguise."""
    random = round.random
    tree = round.folder / "tree"
    plain = tree / "h" / "n"
    plain.mkdir(parents=True)
    (plain / "k.json").write_text('"v"\n')
    secret = round.folder / "secret"
    secret.write_text('"secret"\n')

    def attempt(name, make, code=(1, 65)):
        extra = make()
        run(round, Case(name, ["import-fs", tree], code, ""))
        round.expect(not round.database.exists() or code == 0, f"{name}: something was imported")
        if extra.is_dir() and not extra.is_symlink():
            shutil.rmtree(extra)
        else:
            extra.unlink()

    def made(path, action):
        action(path)
        return path

    attempt("a link", lambda: made(plain / "l.json", lambda p: p.symlink_to(secret)))
    attempt("a loop", lambda: made(tree / "h" / "loop", lambda p: p.symlink_to(tree)))
    attempt("a pipe", lambda: made(plain / "p.json", os.mkfifo))
    attempt("garbage", lambda: made(plain / "g.json", lambda p: p.write_bytes(random.randbytes(100))))
    attempt("a huge hole", lambda: made(plain / "h.json", lambda p: (p.touch(), os.truncate(p, 1 << 40))))
    attempt("a long hole", lambda: made(plain / "h.json", lambda p: (p.touch(), os.truncate(p, 100 << 20))))
    attempt("another spelling", lambda: made(plain / "%6B.json", lambda p: p.write_text('"w"\n')))
    attempt("a manifest of garbage", lambda: made(tree / ".prontodb-manifest.jsonl", lambda p: p.write_bytes(random.randbytes(99))))
    deep = plain
    for _ in range(200):
        deep = deep / "d"
    deep.mkdir(parents=True)
    shutil.rmtree(round.database.parent)
    round.database.parent.mkdir()
    for number in range(20_000):
        (plain / f"k{number}.json").write_text("1\n")
    run(round, Case("20,000 files and a deep folder", ["import-fs", "--overwrite", tree], 0, ""))
    round.expect(round.succeed("get", "h.n.k").out == "v\n", "the record is not there")


def names(round):
    """Keys that are the same to an eye or a file system, and not to us."""
    keys = ["é", "e\u0301", "A", "a", "ß", "ss", "ﬀ", "ff", "İ", "i", "K", "K", "con", "CON", "a.json", "%41", "..;", "~"]
    keys = [key for key in keys if "." not in key] + ["x y", "#h", "meta:x", "=", '"']
    quoted = [key.replace("\\", "\\\\").replace('"', '\\"') for key in keys]
    text = "meta:path=h.n;\n" + "".join(f'"{key}"="{number}";\n' for number, key in enumerate(quoted))
    text += "meta:path=H.n; k=upper; meta:path=h.N; k=lower; meta:path=h.n\u0301; k=mark; meta:path=h.ń; k=one;\n"
    round.succeed("-q", "stream", stdin=text.encode())
    wanted = round.succeed("scan", "h.n", "--stream").out
    tree = round.folder / "tree"
    round.succeed("-q", "export-fs", tree)
    round.succeed("-q", "backup", "--out", round.folder / "b.tar.zst")
    for name, restore in [("mirror", ["import-fs", tree]), ("backup", ["restore", round.folder / "b.tar.zst"])]:
        other = round.folder / name / "o.db"
        round.succeed("-q", "-d", other, *restore)
        round.expect(round.succeed("-d", other, "scan", "h.n", "--stream").out == wanted, f"{name}: other keys")
        for namespace in ("H.n", "h.N", "h.n\u0301", "h.ń"):
            round.expect(
                round.succeed("-d", other, "get", f"{namespace}.k").out == round.succeed("get", f"{namespace}.k").out,
                f"{name}: another {namespace}",
            )
        round.counts["commands"] += 1


def configurations(round):
    """pronto.conf as somebody's cat would write it."""
    file = round.home / ".local" / "etc" / "odx" / "prontodb" / "pronto.conf"
    file.parent.mkdir(parents=True)
    for name, content in [("garbage", round.random.randbytes(4000)), ("a name", b"db\n"), ("NUL", b"db=\0\n"),
                          ("long", b"#" * (2 << 20)), ("lines", b"x=1\n" * 300_000)]:
        file.write_bytes(content)
        run(round, Case(name, ["nss"], (1, 2, 64), "error"))
    file.write_bytes(b"")
    os.truncate(file, 1 << 40)
    run(round, Case("a terabyte", ["set", "h.n.k", "v"], 1, "more than"))
    file.unlink()
    file.symlink_to("/dev/zero")
    run(round, Case("/dev/zero", ["set", "h.n.k", "v"], 1, "more than"))
    round.expect(not round.database.exists(), "something was written")


def databases(round):
    """Database files that are cut off, flipped, another's, or made by hand."""
    random = round.random
    round.succeed("-q", "stream", stdin=load(1, [400, 30]))
    round.succeed("admin", "create-cache", "h.c", "timeout=60")
    round.succeed("set", "h.c.k", "v")
    sound = round.database.read_bytes()

    def attempt(name, content, check=(0, 1)):
        for file in round.database.parent.iterdir():
            file.unlink()
        round.database.write_bytes(content)
        for arguments in (["check"], ["nss"], ["scan", "t.n0", "--limit", "5"], ["get", "h.c.k"], ["set", "t.n1.x", "y"],
                          ["backup", "--out", round.folder / "b.tar.gz"], ["admin", "user", "list"]):
            code = check if arguments == ["check"] else (0, 1, 2)
            run(round, Case(f"{name}: {arguments[0]}", arguments, code, ""))
        (round.folder / "b.tar.gz").unlink(missing_ok=True)

    attempt("sound", sound, 0)
    attempt("cut", sound[: random.randrange(512, len(sound) - 1)], 1)
    attempt("zeros", bytes(8192), 1)
    attempt("text", b"SQLite format 3\0" + b"but not really\n" * 999, 1)
    for _ in range(4):
        content = bytearray(sound)
        for _ in range(random.choice([1, 8, 64])):
            content[random.choice([random.randrange(100), random.randrange(len(content))])] ^= 1 << random.randrange(8)
        attempt("bits", bytes(content))
    for sql in ("UPDATE sys_namespaces SET table_name = 'sec_users' WHERE namespace = 'n0'",
                "UPDATE sys_namespaces SET table_name = 'x\" UNION SELECT name, password FROM sec_users --' WHERE namespace = 'n0'",
                "UPDATE sys_namespaces SET namespace = char(27) || '[2J' WHERE namespace = 'n0'", "PRAGMA user_version = 99", "PRAGMA user_version = -1"):
        for file in round.database.parent.iterdir():
            file.unlink()
        round.database.write_bytes(sound)
        connection = sqlite3.connect(round.database)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(sql)
        connection.commit()
        connection.close()
        attempt(sql, round.database.read_bytes(), 1)
        done = round.run("scan", "t.n0")
        round.expect("admin" not in done.out and "\x1b" not in done.err + done.out, f"{sql}: {done}")


# The quickest first, for a short round of each kind.
KINDS = [names, configurations, archives, databases, trees, bombs, streams]


def hostile(round):
    part = KINDS[round.number % len(KINDS)]
    round.title = part.__name__
    part(round)
    if round.database.exists() and part is not databases:
        require_sound(round.database)
