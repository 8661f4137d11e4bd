"""Files that options and redirections write: never the database, an input, or each other, by whatever name."""

import hashlib
import os
import subprocess

from harness import LAUNCHER, load, require_sound

SIZES = [40, 40]


def prepare(round):
    """A database and inputs, each with several names."""
    round.succeed("-q", "stream", stdin=load(1, SIZES))
    folder = round.folder / "files"
    folder.mkdir()
    (folder / "good").write_bytes(load(2, SIZES, batch=False))
    (folder / "bad").write_bytes(b"meta:path=t.n0; x y=1; c=3;\n")
    (folder / "table").write_bytes(b"a\tMQ==\nb\tMg==\n")
    (folder / "up").symlink_to(round.folder)
    return folder


def state(round):
    """The content of all that must not change."""
    files = [*round.database.parent.glob("torture.db*"), *(round.folder / "files").glob("[bgt]*")]
    return {
        file: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file() and not file.name.endswith("-shm")
    }


def names(round, folder, target):
    """Other names of a file; a descriptor is opened by the shell."""
    number = len(list(folder.glob("alias*")))
    hard, soft, twice = (folder / f"alias{number}{kind}" for kind in ("hard", "soft", "twice"))
    os.link(target, hard)
    soft.symlink_to(target)
    twice.symlink_to(soft.name)
    inside = os.path.relpath(target, round.folder)
    return {
        "itself": (target, ""),
        "relative": (os.path.relpath(target, folder), ""),
        "hard link": (hard, ""),
        "link": (soft, ""),
        "link to a link": (twice, ""),
        "folder that is a link": (folder / "up" / inside, ""),
        "/dev/fd": ("/dev/fd/7", f"7>>'{target}'"),
        "/proc/self/fd": ("/proc/self/fd/8", f"8<>'{target}'"),
    }


def shell(round, folder, line):
    """A command line as a shell sees it, with `prontodb` for the launcher."""
    script = f'prontodb() {{ "{LAUNCHER}" "$@"; }}; {line}'
    return round.end(
        subprocess.Popen(
            ["bash", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=round.environment,
            cwd=folder,
        ),
        [line],
    )


# What each command reads, if it is a file that could be lost, and how it names an output.
BY_OPTION = {
    "export t.n0 -o {}": None,
    "export t.n0 --format jsonl -o {}": None,
    "convert --from tsv --to jsonl table -o {}": "table",
    "convert --from stream --to jsonl -o {} < good": "good",
    "stream good --report {}": "good",
    "stream --report {} < good": "good",
    "stream --check good --report {}": "good",
    "stream --keep-going bad --rejects {}": "bad",
    "stream --keep-going --rejects {} < bad": "bad",
    "stream --keep-going --report {} bad": "bad",
    "import t.n0 table --report {}": "table",
    "import t.n0 --keep-going --rejects {} < table": "table",
    "backup --out {}": None,
}
BY_REDIRECTION = {
    "scan t.n0 >> {}": None,
    "keys t.n0 1<> {}": None,
    "get t.n0.key0000001 >> {}": None,
    "nss >> {}": None,
    "help >> {}": None,
    "export t.n0 >> {}": None,
    "stream --tee good >> {}": "good",
    "stream --tee < good >> {}": "good",
    "stream --report - good >> {}": "good",
    "convert --from tsv --to stream table >> {}": "table",
    "backup --out - >> {}": None,
    "set t.n0.x y 2>> {}": None,
    "stream good 2>> {}": "good",
    "stream < good 2>> {}": "good",
}


def refused(round, folder, line, silent=False):
    before = state(round)
    done = shell(round, folder, line)
    round.counts["outputs refused"] += 1
    round.expect(done.code in (1, 64), f"should have been refused: {done}")
    round.expect(silent or "error: " in done.err, f"should have been refused in words: {done}")
    after = state(round)
    changed = [str(file) for file in before.keys() | after.keys() if before.get(file) != after.get(file)]
    round.expect(not changed, f"changed {', '.join(changed)}: {done}")


def aliases(round):
    """All outputs to all names of the database, of its companions and of the inputs: a part of them each round."""
    folder = prepare(round)
    database = round.database
    targets = {None: names(round, folder, database)}
    targets |= {name: names(round, folder, folder / name) for name in ("good", "bad", "table")}
    cases = []
    for lines in (BY_OPTION, BY_REDIRECTION):
        for line, read in lines.items():
            for target in {None, read}:
                for path, redirection in targets[target].values():
                    if lines is BY_OPTION:
                        cases.append((line.format(f"'{path}'") + " " + redirection, False))
                    elif not redirection:
                        cases.append((line.format(f"'{path}'"), "2>>" in line))
            if lines is BY_OPTION:
                for companion in ("-wal", "-shm", "-journal"):
                    cases.append((line.format(f"'{database}{companion}'"), False))
    for line, silent in round.random.sample(cases, 40):
        if round.is_late():
            break
        refused(round, folder, f"prontodb {line}", silent)
    for line in ("stream bad --keep-going --rejects new --report ./new", "export t.n0 -o new > new",
                 "stream bad --keep-going --rejects new --report new2 2> new2"):
        before = round.counts["outputs refused"]
        done = shell(round, folder, f"prontodb {line}")
        round.expect(done.code == 64, f"two outputs to one file: {done}")
        round.counts["outputs refused"] = before + 1
    new = round.folder / "new.db"
    for line in (f"-d '{new}' stream good --report '{new}'", f"-d '{new}' stream good --report '{new}-wal'",
                 f"-d '{new}' backup --out '{new}'", f"-d '{new}' convert --from tsv --to jsonl table -o '{new}'"):
        refused(round, folder, f"prontodb {line}")
        round.expect(not new.exists(), f"made the database: {line}")
    require_sound(database)


def nowhere(round):
    """Links to nothing are not followed, missing folders are named, and nothing is applied before that is known."""
    folder = prepare(round)
    (folder / "dangling").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    for line, _ in BY_OPTION.items():
        for place in ("dangling", "loop", "missing/x", "table/x", "/dev/fd/3", "/dev/fd/77"):
            refused(round, folder, "prontodb " + line.format(place))
    for name in ("nowhere", "missing"):
        round.expect(not (folder / name).exists(), f"{name} was made")
    done = shell(round, folder, "prontodb stream --keep-going bad --rejects missing/x")
    round.expect("there is no folder" in done.err, f"should name the folder: {done}")


def devices(round):
    """What opening finds decides: pipes, devices and descriptors get what a file would."""
    folder = prepare(round)
    run = lambda line: shell(round, folder, line)
    os.mkfifo(folder / "pipe")
    wanted = run("prontodb export t.n0").out
    round.expect(wanted.count("\n") == SIZES[0], "an export")
    for line in ("prontodb export t.n0 -o /dev/stdout", "prontodb export t.n0 -o /dev/fd/1 | cat",
                 "prontodb export t.n0 -o /proc/self/fd/1 > out; cat out", "prontodb export t.n0 -o - > out; cat out",
                 "prontodb -q export t.n0 -o >(cat > out; mv out done); until [ -e done ]; do sleep 0.05; done; cat done",
                 "prontodb -q export t.n0 -o pipe & cat pipe", "prontodb export t.n0 -o /dev/fd/5 5> out; cat out",
                 "echo kept > out; prontodb export t.n0 -o /dev/fd/5 5>> out; tail -n +2 out",
                 "prontodb -q export t.n0 -o /dev/stderr 2>&1 | cat", "prontodb -q export t.n0 -o out; cat out"):
        done = run(line)
        round.expect(done.out == wanted, f"not what was wanted: {done} {done.out[:200]!r}")
        round.counts["devices"] += 1
    for line in ("prontodb -q stream good --report /dev/stdout", "prontodb -q stream good --report /dev/stderr 2>&1",
                 "prontodb -q stream good --report pipe & cat pipe", "prontodb -q stream good --report /dev/fd/6 6>&1",
                 "prontodb -q stream good --report >(cat)"):
        done = run(line + " | cat")
        round.expect('"event":"receipt"' in done.out, f"no receipt: {done} {done.out[:200]!r}")
        round.counts["devices"] += 1
    for line in ("prontodb export t.n0 -o /dev/null", "prontodb stream good --report /dev/null", "prontodb backup --out /dev/null"):
        round.expect(run(line).code == 0, f"{line} should work")
    round.expect(os.path.exists("/dev/null") and not os.path.isfile("/dev/null"), "/dev/null is gone")
    for line in ("prontodb stream /dev/stdin < good", "prontodb stream <(cat good)", "cat good | prontodb stream /proc/self/fd/0",
                 "prontodb stream /dev/fd/4 4< good"):
        done = run(line)
        round.expect(done.code == 0 and "2 namespaces" in done.err, f"should have been read: {done}")


SCENARIOS = [aliases, nowhere, devices]


def outputs(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    scenario(round)
