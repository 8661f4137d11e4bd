"""Another account: it may read but not write, may not read at all, or comes by a link; and two who write at once."""

import collections
import http.client
import itertools
import os
import re
import subprocess
import threading
import time

from harness import LAUNCHER, NOBODY, Skip, as_nobody, load, need, records, require_sound, version_of

SIZE = 4_000
BUSY = 75


def shared(round):
    """A database that another account can read, in a folder where only its owner can write."""
    if os.geteuid() != 0:
        raise Skip("needs root, which can start commands as another account")
    before = as_nobody(round)
    for path in (round.folder, round.database.parent, *round.database.parent.iterdir()):
        os.chown(path, 0, 0)
        path.chmod(0o755 if path.is_dir() else 0o644)
    return before


def one_state(round, done, lines):
    """All of one load, or an error with words; nothing in between ends with 0."""
    round.counts["reads"] += 1
    if done.code == 0:
        values = collections.Counter(line.split("\t")[1] for line in lines)
        round.expect(len(values) == 1 and sum(values.values()) == SIZE, f"several states, exit 0: {values.most_common(3)} {done}")
    else:
        round.counts["refused reads"] += 1
        round.expect(done.code in (1, BUSY) and done.err.strip(), f"neither a state nor an error with words: {done}")


def readers(round):
    """Reads of every kind while the owner replaces the namespace again and again."""
    before = shared(round)
    stop = threading.Event()
    faults = []

    def write():
        for number in itertools.count(2):
            if stop.is_set():
                return
            done = round.run("-q", "stream", stdin=load(number, [SIZE], batch=False))
            if done.code != 0:
                faults.append(str(done))
                return
            time.sleep(round.random.random() * 0.3)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(12):
            if number and round.is_late():
                break
            if number % 4 == 3:
                backup = round.home / f"{number}.tar.gz"
                done = round.run("-q", "backup", "--out", backup, before=before)
                one_state(round, done, []) if done.code else restored_is_whole(round, backup)
                continue
            words = [["scan", "t.n0"], ["export", "t.n0", "--plain"], ["get", "-"]][number % 4]
            keys = "".join(f"t.n0.key{i * 7919 % (SIZE + 1):07d}\n" for i in range(1, SIZE + 1)).encode()
            process = round.start(*words, stdin=subprocess.PIPE, before=before)
            # Taken slowly, so that the reader is still at work when the writer ends.
            feeder = threading.Thread(target=feed, args=(process, keys if words[0] == "get" else b""))
            feeder.start()
            out = process.stdout.read(2_000)
            time.sleep(round.random.random() * 0.6)
            out += process.stdout.read()
            err = process.stderr.read().decode(errors="replace")
            feeder.join()
            done = round.end(process, words)
            done.err = err
            lines = out.decode().splitlines()
            if words[0] == "get":
                lines = [f"k\t{line}" for line in lines]
            one_state(round, done, lines)
    finally:
        stop.set()
        writer.join()
    round.expect(not faults, f"the owner could not write: {faults}")
    require_sound(round.database)
    round.no_litter()


def feed(process, bytes):
    try:
        process.stdin.write(bytes)
        process.stdin.close()
    except BrokenPipeError:
        pass
    # So that the end of the process closes it, and nothing is sent to it twice.
    process.stdin = None


def restored_is_whole(round, backup):
    round.counts["reads"] += 1
    copy = backup.with_suffix(".db")
    round.succeed("-q", "-d", copy, "restore", backup)
    round.expect(version_of(copy, 0, SIZE) > 0, "a backup of nothing")
    require_sound(copy)


def served(round):
    """A server that may only read follows what the owner writes, keys that are revoked first of all."""
    before = shared(round)
    round.succeed("admin", "user=admin;pass=-", stdin=b"a long password\n")
    round.succeed("admin", "user=sam;pass=-", stdin=b"another password\n")
    round.succeed("admin", "grant", "sam", "ro", "t.*")
    process = round.start("serve", "--listen", "127.0.0.1:0", before=before)
    try:
        port = int(re.search(rb":(\d+)", process.stderr.readline())[1])
        threading.Thread(target=process.stderr.read, daemon=True).start()
        for number in range(8):
            if number and round.is_late():
                break
            key = round.succeed("admin", "apikey", "create", "sam").out.strip()
            identity = next(line.split("\t")[0] for line in round.succeed("admin", "apikey", "list").out.splitlines())
            round.succeed("set", "t.n0.now", str(number))
            status, body = ask(port, key)
            round.counts["requests"] += 1
            round.expect(status == 503 or (status, body) == (200, str(number)), f"{status} {body}, not what was just written")
            round.succeed("admin", "apikey", "revoke", identity)
            status, body = ask(port, key)
            round.expect(status in (401, 503), f"{status} for a key that is revoked")
            round.counts["keys revoked"] += 1
    finally:
        process.terminate()
        process.wait(60)


def ask(port, key):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/v1/t.n0/now", headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


READS = (["get", "t.n0.key0000001"], ["exists", "t.n0.key0000001"], ["keys", "t.n0"], ["scan", "t.n0"], ["nss"], ["projects"],
         ["namespaces", "-p", "t"], ["ttl", "t.n0.key0000001"], ["log"], ["check"], ["export", "t.n0"], ["export-fs", "t.n0", "tree"],
         ["backup", "--out", "never.tar.gz"], ["admin", "user", "list"], ["admin", "apikey", "list"], ["stream", "--check"])


def denied(round):
    """What can not be reached is an error, and never taken for what is not there."""
    before = shared(round)
    folder = round.database.parent
    for name, target in (("dangling", "nowhere"), ("loop", "loop"), ("away", folder / "gone" / "x.db")):
        (folder / name).symlink_to(target)
    (folder / "empty.db").touch(mode=0o600)
    closed = [("mode", round.database, 0o000, round.database), ("folder", folder, 0o700, round.database),
              ("parent", round.folder, 0o700, round.database), ("absent in a closed folder", folder, 0o700, folder / "new.db")]
    plain = [(name, None, 0, folder / name) for name in ("dangling", "loop", "away", "empty.db", ".", "torture.db/below")]
    for what, path, mode, database in closed + plain:
        kept = path and path.stat().st_mode
        if path:
            path.chmod(mode)
        try:
            for words in READS:
                done = round.run("-d", database, *words, before=before, stdin=b"meta:path=t.n0; a=b;", cwd="/")
                round.counts["refusals"] += 1
                round.expect(done.code == 1 and done.err.strip(), f"{what}: should be an error: {done}")
                round.expect("nothing yet" not in done.err, f"{what}: taken for absent: {done}")
        finally:
            if path:
                path.chmod(kept)
    for words in READS[:-1]:
        done = round.run("-d", folder / "absent.db", *words, before=before, cwd=round.home)
        round.expect(done.code == 2, f"what is not there is not found: {done}")
    round.expect(version_of(round.database, 0, SIZE) == 1, "a read has changed something")


def linked(round):
    """By a link, with the newest commits in the log beside the real file."""
    before = shared(round)
    links = round.folder / "links"
    links.mkdir()
    (links / "one.db").symlink_to(round.database)
    (links / "two.db").symlink_to("one.db")
    (round.folder / "alias").symlink_to(round.database.parent)
    names = [links / "one.db", links / "two.db", round.folder / "alias" / round.database.name]
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA wal_autocheckpoint=0')\n"
        "c.execute(\"UPDATE ns_t_n0 SET v = CAST('in the log' AS BLOB)\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    for name in names:
        subprocess.run(["python3", "-c", script, round.database], check=False)
        for words in (["get", "t.n0.key0000001"], ["scan", "t.n0", "--limit", "1"]):
            for account in (before, []):
                done = round.run("-d", name, *words, before=account)
                round.counts["reads by a link"] += 1
                round.expect(done.code != 0 or "in the log" in done.out, f"stale: {done}")
                round.expect(done.code in (0, 1) and (done.code == 0 or account), f"not readable: {done}")
        backup = round.folder / f"{name.name}.{round.counts['reads by a link']}.tar.gz"
        round.succeed("-d", name, "-q", "backup", "--out", backup)
        copy = backup.with_suffix(".db")
        round.succeed("-q", "-d", copy, "restore", backup)
        round.expect(set(records(copy, "t.n0").values()) == {b"in the log"}, "a backup without the log")
        round.succeed("-d", name, "-q", "restore", "--force", backup)
        round.expect(list(round.database.parent.glob("*.before-restore-*")), "the safety copy is not beside the real file")
        for file in round.database.parent.glob("*.before-restore-*"):
            file.unlink()
        round.succeed("-d", name, "set", "t.n0.key0000001", "later")
        round.expect(name.is_symlink() or name.parent.is_symlink(), "the link is gone")
        round.expect(round.succeed("get", "t.n0.key0000001").out == "later\n", "written to another file")
    round.expect(sorted(os.listdir(links)) == ["one.db", "two.db"], f"left beside a link: {os.listdir(links)}")
    round.no_litter()


def restored(round):
    """A restore while others write without a pause: each commit is in the safety copy or comes on top."""
    need("strace")
    round.succeed("-q", "backup", "--out", round.folder / "b.tar.gz")
    acknowledged = []
    stop = threading.Event()

    def write(worker):
        for number in itertools.count():
            if stop.is_set():
                return
            key = f"w{worker}n{number}"
            if round.run("set", f"t.n0.{key}", "x").code == 0:
                acknowledged.append(key)

    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(min(6, round.workers))]
    for writer in writers:
        writer.start()
    try:
        for number in range(4):
            if number and round.is_late():
                break
            time.sleep(0.5)
            delay = round.random.randrange(200, 5_000)
            calls = round.random.choice(["fcntl", "pwrite64", "openat", "fsync,fdatasync,fcntl"])
            before = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", f"inject={calls}:delay_enter={delay}"]
            done = round.run("-q", "restore", "--force", round.folder / "b.tar.gz", before=before)
            round.expect(done.code in (0, BUSY), f"a restore beside writers: {done}")
            round.counts["restores" if done.code == 0 else "restores that gave up"] += 1
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    kept = set(records(round.database, "t.n0"))
    for copy in round.database.parent.glob("*.before-restore-*"):
        kept |= set(records(copy, "t.n0"))
        require_sound(copy)
    lost = [key for key in acknowledged if key not in kept]
    round.counts["acknowledged commits"] += len(acknowledged)
    round.expect(not lost, f"{len(lost)} of {len(acknowledged)} acknowledged commits are nowhere: {lost[:5]}")
    require_sound(round.database)


def separate(round):
    """Folders of an installation that coincide or are links, and databases that lie in them."""
    image = LAUNCHER.parent.parent / "target" / "prontodb" / "bin" / "prontodb"
    variables = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_LIB_HOME")
    cases = list(itertools.combinations(variables, 2)) + [variables]
    for number, case in enumerate(cases):
        for nested in (False, True):
            top = round.folder / f"{number}{nested}"
            environment = {name: str(top / name) for name in (*variables, "XDG_BIN_HOME")}
            environment |= {name: str(top / "same" / ("odx/prontodb/in" if nested and i else "")) for i, name in enumerate(case)}
            database = top / "same" / "odx" / "prontodb" / "pronto.db"
            environment["PRONTO_DB"] = None
            round.succeed("-d", database, "set", "a.b.c", "kept")
            for words in (["install"], ["uninstall"], ["uninstall", "--purge", "--yes"]):
                done = round.run(*words, environment=environment, launcher=image)
                round.counts["refusals"] += 1
                round.expect(done.code == 1 and "XDG_" in done.err, f"{case}: should be refused: {done}")
                round.expect(round.succeed("-d", database, "get", "a.b.c").out == "kept\n", f"{words} has lost the database")
    top = round.folder / "linked"
    real = round.folder / "real"
    real.mkdir()
    (top / ".local/data/odx").mkdir(parents=True)
    (top / ".local/data/odx/prontodb").symlink_to(real)
    environment = {"HOME": str(top), "PRONTO_DB": None}
    round.succeed("set", "a.b.c", "kept", environment=environment)
    done = round.run("uninstall", "--purge", "--yes", environment=environment, launcher=image)
    round.expect(done.code == 1 and str(real) in done.err, f"a data folder that is a link: {done}")
    round.expect(round.succeed("get", "a.b.c", environment=environment).out == "kept\n", "purged through a link")
    other = round.folder / "other"
    environment = {"HOME": str(other), "PRONTO_DB": None}
    for place in (".local/lib/odx/prontodb/mine.db", ".local/data/odx/prontodb/deep/mine.db", ".local/etc/odx/prontodb/mine.db"):
        round.succeed("-d", other / place, "set", "a.b.c", "kept", environment=environment)
        done = round.run("uninstall", "--purge", "--yes", environment=environment, launcher=image)
        round.expect(done.code == 1 and "mine.db" in done.err, f"a database in {place}: {done}")
        round.counts["refusals"] += 1
        round.succeed("-d", other / place, "get", "a.b.c", environment=environment)
        (other / place).unlink()


SCENARIOS = [readers, denied, restored, linked, served, separate]


def accounts(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    round.succeed("-q", "stream", stdin=load(1, [SIZE], batch=False))
    scenario(round)
