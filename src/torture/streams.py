"""Standard streams that are closed, signals, readers that go away, names that are no text, few descriptors."""

import json
import os
import pty
import select
import signal
import subprocess
import time

from harness import LAUNCHER, load, require_sound, version_of

SIZES = [60, 60]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Which of the standard streams each command needs: 0 to read, 1 to print.
NEEDS = {
    ("set", "t.n0.key0000001", "-"): {0},
    ("get", "t.n0.key0000001"): {1},
    ("get", "-"): {0},
    ("keys", "t.n0"): {1},
    ("scan", "t.n0"): {1},
    ("nss",): {1},
    ("version",): {1},
    ("help",): {1},
    ("export", "t.n0"): {1},
    ("export", "t.n0", "-o", "/dev/stdout"): {1},
    ("export", "t.n0", "-o", "out"): set(),
    ("stream",): {0},
    ("stream", "/dev/stdin"): {0},
    ("stream", "--tee", "good"): {1},
    ("stream", "--report", "-", "good"): {1},
    ("stream", "--check", "good"): {1},
    ("import", "t.n0", "--replace"): {0},
    ("import", "t.n0", "--replace", "/dev/stdin"): {0},
    ("convert", "--from", "tsv", "--to", "stream"): {0},
    ("restore", "--force", "-"): {0},
    ("backup", "--out", "-"): {1},
    ("check",): {1},
    ("admin", "apikey", "create", "admin"): {1},
    ("exists", "t.n0.key0000001"): set(),
    ("set", "t.other.a", "b"): set(),
}


def closed(round):
    """A stream that is used is an error, one that is not is no matter; no file takes its place."""
    (round.folder / "good").write_bytes(load(1, SIZES, batch=False))
    for words, needs in NEEDS.items():
        for streams in ([0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]):
            if round.is_late():
                return
            redirections = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in streams)
            fails = bool(needs & set(streams))
            if 0 in needs and not fails:
                continue
            done = round.run(*words, before=["sh", "-c", f'exec "$0" "$@" {redirections}'])
            round.expect((done.code == 1) == fails, f"with {streams} closed: {done}")
            round.expect(fails or done.code == 0, f"with {streams} closed: {done}")
            if fails and 2 not in streams:
                round.expect("is closed" in done.err, f"should say what is closed: {done}")
            round.expect(version_of(round.database, 0, SIZES[0]) == 1, f"a record has changed: {done}")
            round.counts["closed streams"] += 1
    require_sound(round.database)
    keys = round.succeed("admin", "apikey", "list").out
    # One for each time that standard output was open.
    round.expect(len(keys.splitlines()) == 3, f"keys that nobody has seen: {keys}")


def apart(round):
    """With all of them closed no message lands in a file that is open."""
    (round.folder / "bad").write_bytes(b"meta:path=t.n0; x y=1; key0000001=\"load 1 of namespace 0\";\n")
    for redirections in ("2>&-", "0<&- 2>&-", "0<&- 1>&- 2>&-"):
        done = round.run("stream", "--keep-going", "bad", "--report", "report", "--rejects", "rejects",
                         before=["sh", "-c", f'exec "$0" "$@" {redirections}'])
        round.expect(done.code == 65, f"should have skipped a statement: {done}")
        for line in (round.folder / "report").read_text().splitlines():
            json.loads(line)
        rejects = (round.folder / "rejects").read_text()
        round.expect(all(line.startswith(("#", "meta:", "x y")) for line in rejects.splitlines()), f"in rejects: {rejects}")
        round.counts["closed streams"] += 1
    require_sound(round.database)


def waiting(round):
    """Commands that wait are ended by the signal, leave nothing behind, and have changed nothing."""
    commands = [["set", "t.n0.a", "-"], ["get", "-"], ["stream"], ["stream", "--tee"], ["import", "t.n0", "--replace"],
                ["convert", "--from", "tsv", "--to", "stream", "-o", "converted"], ["restore", "--force", "-"],
                ["stream", "--commit-every", "1"], ["serve", "--unix", "socket"]]
    round.succeed("admin", "user=admin;pass=-;", stdin=b"torture\n")
    for words in commands:
        for number in SIGNALS:
            process = round.start(*words, stdin=subprocess.PIPE)
            if words[0] == "serve":
                process.stderr.readline()
            elif words[:2] == ["stream", "--commit-every"]:
                process.stdin.write(f"meta:path=t.kept; k{number}=v;".encode())
                process.stdin.flush()
                until(lambda: round.run("exists", f"t.kept.k{number}").code == 0)
            else:
                until_reading(process)
            process.send_signal(number)
            # The end of the input, as when the same signal ends the producer, too.
            if number == signal.SIGINT and words[0] != "restore":
                process.stdin.close()
                process.stdin = None
            else:
                process.wait(60)
            done = round.end(process, words)
            round.expect(done.code == -number, f"should have ended by signal {number}: {done}")
            round.counts["signals"] += 1
    round.expect(version_of(round.database, 0, SIZES[0]) == 1, "a signal has changed records")
    kept = round.succeed("keys", "t.kept").out.split()
    round.expect(len(kept) == len(SIGNALS), f"what was committed is gone: {kept}")
    round.expect(not (round.folder / "converted").exists(), "an output that is not whole")
    round.expect(not list(round.folder.glob("*.new")), "a database that is not whole")
    # What is left for the next, because the kernel was to be first.
    round.succeed("convert", "--from", "tsv", "--to", "stream", "-o", "converted", stdin=b"a\tMQ==\n")
    round.no_litter(round.folder)


def until(holds):
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)


def until_reading(process):
    """Until it has asked for more input than there is."""
    def reads():
        try:
            for thread in os.listdir(f"/proc/{process.pid}/task"):
                with open(f"/proc/{process.pid}/task/{thread}/syscall") as call:
                    words = call.read().split()
                    if words[:2] == ["0", "0x0"]:
                        return True
        except OSError:
            pass
        return process.poll() is not None
    until(reads)


def interrupted(round):
    """A load that a signal hits at any moment: each namespace all or nothing, in order, and nothing left behind."""
    sizes = [4000, 4000, 4000]
    (round.folder / "input").write_bytes(load(2, sizes))
    started = time.monotonic()
    round.succeed("-q", "stream", "input")
    usual = time.monotonic() - started
    for number in range(3, 11):
        if round.is_late():
            break
        (round.folder / "input").write_bytes(load(number, sizes))
        fresh = round.random.random() < 0.3
        database = round.folder / "data" / f"fresh{number}.db" if fresh else round.database
        process = round.start("-d", database, "stream", "input")
        time.sleep(usual * round.random.random())
        which = round.random.choice(SIGNALS)
        process.send_signal(which)
        done = round.end(process, ["stream", "input"])
        round.expect(done.code in (0, -which, 128 + which), f"signal {which}: {done}")
        if database.exists():
            held = [version_of(database, namespace, size) for namespace, size in enumerate(sizes)]
            round.expect(held == sorted(held, reverse=True), f"not in order: {held}")
            round.expect(done.code != 0 or held == [number] * 3, f"reported, but not there: {held}")
            require_sound(database)
        else:
            round.expect(done.code != 0, f"reported, but not there: {done}")
        round.counts["signals"] += 1
        round.no_litter()


def loop(round):
    """In a terminal, Ctrl-C ends a shell's loop around the program."""
    for shell in ("bash", "sh"):
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(round.folder)
            script = f"for i in 1 2 3; do echo round $i; '{LAUNCHER}' stream; done; echo after"
            os.execvpe(shell, [shell, "-c", script], round.environment)
        shown = b""
        sent = False
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    more = os.read(terminal, 4096)
                except OSError:
                    break
                if not more:
                    break
                shown += more
            if not sent and b"Ctrl-D" in shown:
                os.write(terminal, b"\x03")
                sent = True
        os.close(terminal)
        _, status = os.waitpid(pid, 0)
        text = shown.decode(errors="replace")
        round.expect(sent, f"never waited for input: {text}")
        round.expect("round 2" not in text and "after" not in text, f"the loop of {shell} went on: {text}")
        round.counts["loops"] += 1


def cut(round):
    """The reader of a copy goes away: the load is applied, and told."""
    for number in (2, 3):
        process = round.start("stream", "--tee", stdin=subprocess.PIPE)
        process.stdout.close()
        process.stdout = None
        done = round.end(process, ["stream", "--tee"], load(number, SIZES))
        round.expect(done.code == 141 and "cut off" in done.err, f"should tell of the copy: {done}")
        held = [version_of(round.database, namespace, size) for namespace, size in enumerate(SIZES)]
        round.expect(held == [number] * 2, f"should have been applied: {held}")
        round.counts["readers gone"] += 1
    process = round.start("stream", "--tee", "--commit-every", "1", stdin=subprocess.PIPE)
    process.stdout.close()
    process.stdout = None
    process.stdin.write(b"meta:path=t.endless; a=1;")
    process.stdin.flush()
    until(lambda: round.run("exists", "t.endless.a").code == 0)
    try:
        for _ in range(200):
            process.stdin.write(b"b=2;")
            process.stdin.flush()
            if process.poll() is not None:
                break
            time.sleep(0.05)
    except BrokenPipeError:
        pass
    done = round.end(process, ["stream", "--tee", "--commit-every"])
    round.expect(done.code == 141 and "cut off" in done.err, f"an endless load should stop: {done}")
    for words in (["scan", "t.n0"], ["keys", "t.n0"], ["export", "t.n0"], ["help"], ["stream", "--report", "-", "good"]):
        (round.folder / "good").write_bytes(load(4, SIZES, batch=False))
        process = round.start(*words)
        process.stdout.close()
        process.stdout = None
        done = round.end(process, words)
        round.expect(done.code == 141, f"a closed pipe: {done}")
        round.counts["readers gone"] += 1


def bytes_of_names(round):
    """Names with bytes that are not UTF-8 work or are refused by words; no other file is made."""
    odd = os.fsencode(round.folder) + b"/na\xffme"
    os.mkdir(odd)
    with open(odd + b"/file", "wb") as file:
        file.write(load(1, SIZES, batch=False))
    with open(os.fsencode(round.folder) + b"/f\xfe", "wb") as file:
        file.write(load(1, SIZES, batch=False))

    def run(*words, environment=None, cwd=None):
        process = subprocess.Popen(
            [os.fsencode(word) for word in (LAUNCHER, *words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={os.fsencode(name): os.fsencode(value) for name, value in {**round.environment, **(environment or {})}.items()},
            cwd=cwd or round.folder,
        )
        done = round.end(process, [repr(word) for word in words])
        round.expect("defect" not in done.err, f"a defect: {done}")
        round.counts["odd names"] += 1
        return done

    before = sorted(os.walk(os.fsencode(round.folder)))
    for words in (["-d", odd + b"/d.db", "set", "a.b.c", "d"], ["stream", odd + b"/file"], ["stream", b"f\xfe"], ["export", "t.n0", "-o", odd + b"/out"],
                  ["export", "t.n0", "-o", b"\xff"], ["stream", "--report", b"\xff", "good"], ["backup", "--out", b"\xff"], ["restore", "--force", b"f\xfe"],
                  ["import", "t.n0", b"f\xfe"], ["export-fs", b"\xff"], ["import-fs", odd], ["convert", "--from", "tsv", "--to", "stream", b"f\xfe"],
                  ["admin", "user=admin;", "--password-file", b"f\xfe"]):
        done = run(*words)
        round.expect(done.code not in (0, 2) and "UTF-8" in done.err, f"should be refused by words: {done}")
    for variable in ("PRONTO_DB", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        environment = {variable: odd + (b"/d.db" if variable == "PRONTO_DB" else b"")}
        if variable != "PRONTO_DB":
            environment["PRONTO_DB"] = b""
        done = run("set", "a.b.c", "d", environment=environment)
        round.expect(done.code not in (0, 2) and "UTF-8" in done.err, f"{variable}: {done}")
    round.expect(sorted(os.walk(os.fsencode(round.folder))) == before, "a file was made for a name that is not UTF-8")
    # The folder that one is in may have any name.
    for words in (["-d", "d.db", "set", "a.b.c", "d"], ["-d", "d.db", "get", "a.b.c"], ["-d", "d.db", "stream", "file"], ["-d", "d.db", "export", "t.n0", "-o", "out"],
                  ["-d", "d.db", "backup"], ["-d", "d.db", "export-fs", "tree"], ["-d", "d.db", "import-fs", "tree"], ["get", "t.n0.key0000001"],
                  ["-d", "d.db", "stream", "file", "--report", "report"]):
        done = run(*words, cwd=odd)
        round.expect(done.code == 0, f"in a folder with such a name: {done}")
    made = set(os.listdir(odd))
    round.expect({b"d.db", b"out", b"tree", b"report"} <= made, f"made elsewhere: {made}")
    round.expect(os.listdir(round.folder).count("na\ufffdme") == 0, "another folder was made")
    run("set", "a.b.c", "d", environment={"TMPDIR": odd, "SQLITE_TMPDIR": odd})


def few_descriptors(round):
    """With hardly a descriptor a command works or says why not; not found means not found."""
    (round.folder / "good").write_bytes(load(1, SIZES, batch=False))
    for limit in range(12, 24):
        for words in (["get", "t.n0.key0000001"], ["set", "t.n0.key0000001", "load 1 of namespace 0"], ["stream", "good"], ["export", "t.n0", "-o", "out"],
                      ["backup", "--out", f"b{limit}.tar.gz"]):
            done = round.run(*words, before=["sh", "-c", f'ulimit -n {limit}; exec "$0" "$@"'])
            round.expect(done.code in (0, 1, 75), f"with {limit} descriptors: {done}")
            round.expect(done.code == 0 or "error: " in done.err, f"with {limit} descriptors: {done}")
            round.counts["few descriptors"] += 1
    round.expect(version_of(round.database, 0, SIZES[0]) == 1, "a load in part")
    require_sound(round.database)


SCENARIOS = [closed, waiting, interrupted, apart, loop, cut, bytes_of_names, few_descriptors]


def streams(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    round.succeed("-q", "stream", stdin=load(1, SIZES))
    scenario(round)
