"""Places where one may not write, places where others may, and names that look like none."""

import os
import re
import subprocess
import stat

from harness import NOBODY, REPOSITORY, Skip, as_nobody, load, need, require_sound, version_of

SIZES = [300]


def refused(round, done, *words):
    round.counts["refusals"] += 1
    round.expect(done.code in (1, 2) and done.err.strip(), f"should have been refused in words: {done}")
    for word in words:
        round.expect(word in done.err, f"should have said {word}: {done}")


def untouched(round):
    require_sound(round.database)
    round.expect(version_of(round.database, 0, SIZES[0]) == 1, "what may not be written has changed")


def unwritable(round, before, **options):
    """Reading works, writing is refused, and nothing changes."""
    name = str(options.pop("name", round.database))
    run = lambda *words, **more: round.run(*words, before=before, **options, **more)
    for words in (["get", "t.n0.key0000001"], ["keys", "t.n0"], ["nss"], ["check"]):
        done = run(*words)
        round.expect(done.code == 0, f"reading should work: {done}")
        round.counts["reads"] += 1
    for words in (["set", "t.n0.a", "b"], ["del", "t.n0.key0000001"], ["admin", "drop-ns", "t.n0"], ["admin", "vacuum"],
                  ["-q", "import", "t.n0", "--plain", "-"], ["admin", "create-cache", "t.c", "timeout=1"]):
        refused(round, run(*words, stdin=b"a\tb\n"), name)
    refused(round, run("-q", "stream", stdin=load(2, SIZES)), name)


def read_only_file(round):
    before = as_nobody(round)
    round.database.chmod(0o444)
    unwritable(round, before)
    untouched(round)


def read_only_folder(round):
    before = as_nobody(round)
    round.database.parent.chmod(0o555)
    unwritable(round, before)
    refused(round, round.run("export", "t.n0", "-o", round.database.parent / "x", before=before), str(round.database.parent))
    refused(round, round.run("-q", "backup", "--out", round.database.parent / "x", before=before), str(round.database.parent))
    refused(round, round.run("-d", round.database.parent / "new.db", "set", "a.b.c", "d", before=before), "new.db")
    done = round.run("-q", "backup", "--out", round.home / "b.tar.gz", before=before)
    round.expect(done.code == 0, f"a backup from a folder that can only be read: {done}")
    round.database.parent.chmod(0o755)
    untouched(round)
    round.no_litter()
    left = [name for name in os.listdir("/tmp") if name.startswith(".torture.db.")]
    round.expect(not left, f"left behind in /tmp: {left}")


def read_only_disk(round):
    mount = subprocess.run(["mount", "--bind", round.database.parent, round.database.parent], capture_output=True)
    if mount.returncode:
        raise Skip("needs the right to mount")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", round.database.parent], check=True)
        unwritable(round, [])
    finally:
        subprocess.run(["umount", "-l", round.database.parent], check=True)
    untouched(round)


def homeless(round):
    """No home, an empty one, one that is not there, one that is a file, one that may not be written."""
    before = as_nobody(round)
    closed = round.folder / "closed"
    closed.mkdir(0o555)
    file = round.folder / "file"
    file.write_text("")
    for home in (None, "", "/nonexistent/home", closed, file, "relative/home", "/dev/null"):
        environment = {"HOME": None if home is None else str(home), "PRONTO_DB": None}
        for words in (["set", "t.a.b", "c"], ["get", "t.a.b"], ["-q", "stream", "-"], ["install"], ["backup"], ["nss"], ["uninstall"]):
            done = round.run(*words, environment=environment, before=before, stdin=b"meta:path=t.a; b=c;")
            round.expect(done.code in (0, 1, 2, 64, 73, 78), f"with home {home}: {done}")
            round.expect(done.code == 0 or done.err.strip(), f"with home {home} without a word: {done}")
            round.counts["homes"] += 1
        # With a database of one's own no home is needed.
        given = {**environment, "PRONTO_DB": str(round.database)}
        done = round.run("get", "t.n0.key0000001", environment=given, before=before)
        round.expect(done.code == 0, f"with home {home} and -d: {done}")
    untouched(round)


def no_temporary_folder(round):
    """A /tmp that can not be written, and none at all: commands do without."""
    need("unshare")
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        raise Skip("needs the right to make a mount namespace")
    for options in ("ro", "size=4k"):
        script = (
            f"mount --make-rprivate / && mount --bind '{REPOSITORY}' /mnt && mount --bind '{round.folder}' /media"
            f" && mount -t tmpfs -o {options} tmpfs /tmp && mount -t tmpfs -o {options} tmpfs /var/tmp && cd /media"
            ' && shift && exec /mnt/bin/prontodb -d /media/data/torture.db "$@"'
        )
        before = ["unshare", "-m", "sh", "-c", script, "sh"]
        rows = "".join(f"key{i * 7919 % 60013:06d}={'x' * 150};\n" for i in range(60_000))
        (round.folder / "input").write_text("meta:path=t.big;\n" + rows)
        for words in (["set", "t.n0.a", "b"], ["get", "t.n0.a"], ["del", "t.n0.a"], ["-q", "stream", "input"],
                      ["-q", "backup", "--out", "/media/b.tar.gz"], ["-q", "restore", "--force", "/media/b.tar.gz"],
                      ["check"], ["admin", "purge"], ["export", "t.big", "-o", "/media/x.tsv"]):
            done = round.run(*words, before=before)
            round.expect(done.code == 0, f"without a folder for temporary files ({options}): {done}")
            round.counts["without /tmp"] += 1
        (round.folder / "b.tar.gz").unlink()
        done = round.run("admin", "vacuum", before=before)
        round.expect(done.code in (0, 1), f"vacuum without a folder for temporary files: {done}")
        for file in round.database.parent.glob("*before-restore*"):
            file.unlink()
    require_sound(round.database)
    round.succeed("check")


def planted(round):
    """Nothing that is made in a folder where others may write goes through a name of theirs."""
    need("strace")
    shared = round.folder / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    log = round.folder / "strace"
    rows = "".join(f"key{i * 7919 % 60013:06d}={'x' * 150};\n" for i in range(60_000))
    (round.folder / "input").write_text("meta:path=t.big;\n" + rows)
    database = shared / "shared.db"
    for words in (["-q", "stream", "input"], ["-q", "stream", "-"], ["admin", "vacuum"], ["set", "t.a.b", "c"],
                  ["export", "t.big", "-o", shared / "out"], ["-q", "backup", "--out", shared / "backup"],
                  ["-q", "restore", "--force", shared / "backup"], ["-q", "export-fs", "t.a", shared / "tree"]):
        environment = {"PRONTO_DB": str(database), "SQLITE_TMPDIR": str(shared)}
        before = ["strace", "-f", "-qqq", "-y", "-o", log, "-e", "trace=openat,open,creat"]
        stdin = (round.folder / "input").read_bytes() if words[-1] == "-" else None
        done = round.run(*words, environment=environment, before=before, stdin=stdin)
        round.expect(done.code == 0, f"in a shared folder: {done}")
        for line in log.read_text(errors="replace").splitlines():
            name = re.search(r'"([^"]*)", ([A-Z_|]+)', line)
            if not name or "O_CREAT" not in name[2] or str(shared) not in line:
                continue
            round.counts["files made"] += 1
            safe = "O_EXCL" in name[2] or "O_NOFOLLOW" in name[2]
            # SQLite opens what was made safely before, and creates it again if somebody took it away.
            known = name[1].endswith(("shared.db", ".new", ".snapshot", ".restore", ".prontodb-manifest"))
            round.expect(safe or known, f"{words[:2]} would follow a link: {line.strip()}")
    for name in ("set", "backup"):
        database.unlink()
        database.symlink_to(round.folder / f"victim-{name}")
        done = round.run("set", "t.a.b", "c", environment={"PRONTO_DB": str(database)})
        refused(round, done, "shared.db")
        round.expect(not (round.folder / f"victim-{name}").exists(), "a dangling link was followed")


def odd_names(round):
    """Files that are none, and names that other programs stumble over."""
    folder = round.database.parent
    os.mkfifo(folder / "fifo")
    (folder / "folder").mkdir()
    (folder / "dangling").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    (folder / "text").write_text("no database\n" * 100)
    (folder / "one").write_text("x")
    for name in ("fifo", "folder", "dangling", "loop", "/dev/null", "/dev/full", "/dev/zero", "text", "one", "text/below", "y" * 300, "z/" * 2500 + "db", "w/" * 260 + "db"):
        content = (folder / "text").read_bytes()
        for words in (["get", "t.a.b"], ["set", "t.a.b", "c"], ["-q", "stream"], ["nss"], ["check"],
                      ["-q", "backup", "--out", round.folder / "never"], ["-q", "restore", round.folder / "none"]):
            done = round.run("-d", os.path.join(folder, name), *words, stdin=b"meta:path=t.a; b=c;")
            refused(round, done)
        round.expect((folder / "text").read_bytes() == content, "a file that is no database was changed")
        round.expect(not (round.folder / "never").exists(), "a backup of nothing")
    round.expect(stat.S_ISFIFO(os.stat(folder / "fifo").st_mode), "the pipe is gone")
    linked = folder / "link"
    linked.symlink_to(round.database)
    round.succeed("-d", linked, "set", "t.a.b", "c")
    round.expect(linked.is_symlink() and round.succeed("get", "t.a.b").out == "c\n", "a link to a database")
    names = ["with space", "100%", "what?mode=ro", "a#b", "naïve – ✓", "'quoted'", '"double"', "new\nline", "-dash", "semi;colon", "x" * 120]
    for name in round.random.sample(names, 6):
        file = folder / "names" / name / f"{name}.db"
        for environment in ({}, {"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX"}):
            round.succeed("-d", file, "set", "t.a.b", "wört", environment=environment)
            round.succeed("-d", file, "-q", "stream", stdin="meta:path=t.ü; ß=ö;".encode(), environment=environment)
            done = round.succeed("-d", file, "get", "t.ü.ß", environment=environment)
            round.expect(done.out == "ö\n", f"in {environment}: {done.out!r}")
            out = file.with_name("out " + name[:200])
            round.succeed("-d", file, "export", "t.a", "-o", out, environment=environment)
            backup = file.with_name("b" + name[:200])
            round.succeed("-d", file, "-q", "backup", "--out", backup, environment=environment)
            round.succeed("-d", file, "-q", "restore", "--force", backup, environment=environment)
            backup.unlink()
            round.counts["odd names"] += 1
        require_sound(file)


def full_output(round):
    """Standard output that takes nothing, and standard streams that are closed."""
    round.succeed("-q", "stream", stdin=b"meta:path=t.a;" + b"".join(b"k%d=v;" % i for i in range(2000)))
    with open("/dev/full", "wb") as full:
        for words in (["get", "t.a.k1"], ["scan", "t.a"], ["keys", "t.a"], ["export", "t.a"], ["nss"], ["help"], ["version"], ["log"],
                      ["check"], ["capabilities"], ["backup", "--out", "-"], ["-q", "stream", "--check", "-"]):
            done = round.run(*words, stdin=b"meta:path=t.a; k1=w;", stdout=full)
            refused(round, done, "standard output")
        for number, words in enumerate((["--tee"], ["--tee", "--commit-every", "1"], ["--report", "-"])):
            done = round.run("-q", "stream", *words, stdin=f"meta:path=t.tee{number}; a=b;".encode(), stdout=full)
            refused(round, done, "standard output")
            held = round.run("get", f"t.tee{number}.a").code == 0
            told = "applied" in done.err or "has ended" in done.err
            round.expect(held == told, f"is it there? {held}, and told: {done}")
    for closed in ([0], [1], [2], [0, 1], [1, 2], [0, 1, 2]):
        for words in (["set", "t.n0.a", "b"], ["get", "t.n0.a"], ["-q", "stream", pipe(round)], ["export", "t.n0", "-o", round.folder / "out"],
                      ["-q", "backup", "--out", round.folder / "closed.tar.gz"], ["get", "t.n0.missing"], ["scan", "t.a"]):
            redirections = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
            before = ["sh", "-c", f'exec "$0" "$@" {redirections}']
            done = round.run(*words, before=before)
            round.expect(done.code in (0, 1, 2), f"with {closed} closed: {done}")
            round.counts["closed streams"] += 1
            require_sound(round.database)
        (round.folder / "closed.tar.gz").unlink(missing_ok=True)
        round.expect((round.folder / "out").read_bytes().count(b"\n") == SIZES[0], "an export with a closed stream")
        untouched_but_one(round)
    round.succeed("check")
    round.no_litter()


def pipe(round):
    file = round.folder / "again.pronto"
    file.write_bytes(load(1, SIZES, batch=False))
    return file


def untouched_but_one(round):
    round.succeed("-q", "del", "--prefix", "t.n0.a", stdout=subprocess.DEVNULL) if round.run("exists", "t.n0.a").code == 0 else None
    round.expect(version_of(round.database, 0, SIZES[0]) == 1, "a closed stream has changed a record")


def strict_umask(round):
    """What the program makes is usable by its owner under any umask, and by nobody else."""
    before = as_nobody(round)
    for umask in ("0277", "0377", "0000"):
        place = round.folder / umask
        place.mkdir()
        if os.geteuid() == 0:
            os.chown(place, NOBODY, NOBODY)
        environment = {"PRONTO_DB": str(place / "new" / "folder" / "new.db"), "HOME": str(place)}
        for words in (["set", "t.a.b", "c"], ["get", "t.a.b"], ["set", "t.a.b", "d"], ["stream", "--report", place / "report", "-"],
                      ["stream", "--report", place / "report", "-"], ["export", "t.a", "-o", place / "out"], ["export", "t.a", "-o", place / "out"],
                      ["export-fs", place / "tree"], ["set", "t.a.b", "e"], ["export-fs", place / "tree"], ["import-fs", place / "tree"],
                      ["-q", "backup", "--out", place / "backup"], ["-q", "restore", "--force", place / "backup"], ["get", "t.a.b"]):
            done = round.run(*words, environment=environment, before=[*before, "sh", "-c", f'umask {umask}; exec "$0" "$@"'],
                             stdin=b"meta:path=t.a; k=v;")
            round.expect(done.code == 0, f"with umask {umask}: {done}")
            round.counts["umasks"] += 1
        for folder, _, files in os.walk(place / "new"):
            round.expect(stat.S_IMODE(os.stat(folder).st_mode) == 0o700, f"the mode of {folder}")
            for file in files:
                round.expect(stat.S_IMODE(os.stat(os.path.join(folder, file)).st_mode) == 0o600, f"the mode of {file}")


SCENARIOS = [read_only_file, read_only_folder, read_only_disk, homeless, no_temporary_folder, planted, odd_names, full_output, strict_umask]


def places(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    round.succeed("-q", "stream", stdin=load(1, SIZES))
    scenario(round)
