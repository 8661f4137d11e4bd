"""Many processes at once on the same namespaces: what each was told must fit into one history."""

import collections
import re
import threading
import time
from random import Random

from harness import Broken, load, measure, opened, records, require_sound, tables, version_of

SIZES = [400, 400]
SECONDS = 12


class Crowd:
    """Workers, each a thread that runs one command after the other; the first fault stops them all."""

    def __init__(self, round, workers):
        self.round = round
        self.workers = workers
        self.lock = threading.Lock()
        self.faults = []
        self.counts = collections.Counter()

    def run(self, work, seconds):
        """`work(number, random)` is called again and again by each worker until the time is up."""
        end = time.monotonic() + seconds
        seeds = [self.round.random.random() for _ in range(self.workers)]

        def worker(number):
            random = Random(seeds[number])
            try:
                while time.monotonic() < end and not self.faults:
                    work(number, random)
            except Exception as fault:
                self.faults.append(fault)

        threads = [threading.Thread(target=worker, args=(number,)) for number in range(self.workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.round.counts["commands at once"] += sum(self.counts.values())
        if self.faults:
            fault = self.faults[0]
            raise fault if isinstance(fault, Broken) else Broken(f"the torture itself failed: {fault!r}")

    def command(self, *arguments, codes=(0,), **options):
        done = self.round.run(*arguments, **options)
        with self.lock:
            self.counts[arguments[0]] += 1
        self.round.expect(done.code in codes, f"in a crowd: {done}")
        return done


def patient(round):
    """Every writer waits long enough for all others: then nobody is ever sent away."""
    folder = round.home / ".local" / "etc" / "odx" / "prontodb"
    folder.mkdir(parents=True)
    (folder / "pronto.conf").write_text("busy_timeout_ms=100000\n")


def history(round):
    """Counters by compare and swap, whole loads, reads that are never blocked nor torn."""
    patient(round)
    crowd = Crowd(round, round.workers)
    round.succeed("-q", "stream", stdin=load(1, SIZES))
    round.succeed("set", "t.count.a", "0")
    round.succeed("set", "t.count.b", "0")
    round.succeed("admin", "create-cache", "t.cache", "timeout=1; max_items=50")
    raised = collections.Counter()
    own = collections.defaultdict(int)
    seen = collections.defaultdict(int)
    loads = [1]
    backup = round.folder / "backups"
    backup.mkdir()

    def swap(number, random):
        name = random.choice("ab")
        old = crowd.command("get", f"t.count.{name}").out.strip()
        done = crowd.command("set", f"t.count.{name}", str(int(old) + 1), "--if-value", old, codes=(0, 3))
        with crowd.lock:
            raised[name] += done.code == 0
            round.expect(int(old) >= seen[name, number], f"t.count.{name} went back to {old}")
            seen[name, number] = int(old)

    def write_own(number, random):
        own[number] += 1
        crowd.command("set", f"t.own.worker{number}", str(own[number]))
        read = crowd.command("get", f"t.own.worker{number}").out.strip()
        round.expect(read == str(own[number]), f"worker {number} wrote {own[number]} and read {read}")

    def delete_own(number, random):
        crowd.command("set", f"t.own.gone{number}", "x")
        crowd.command("del", f"t.own.gone{number}")
        crowd.command("get", f"t.own.gone{number}", codes=(2,))

    def stream(number, random):
        with crowd.lock:
            loads[0] += 1
            mine = loads[0]
        crowd.command("-q", "stream", stdin=load(mine, SIZES))

    def table(number, random):
        text = f"load {random.randrange(10**6)}"
        rows = "".join(f"key{i:05d}\t{text}\n" for i in range(300))
        crowd.command("-q", "import", "t.table", "--plain", "--replace", stdin=rows.encode())

    def look(number, random):
        name = random.choice([f"t.n{random.randrange(2)}", "t.table"])
        done = crowd.command("scan", name, codes=(0, 2))
        values = {line.split("\t")[1] for line in done.out.splitlines()}
        round.expect(len(values) <= 1, f"a scan of {name} shows {len(values)} loads at once")
        if name != "t.table":
            round.expect(done.out.count("\n") == SIZES[0], f"a scan of {name} shows half a load")

    def cache(number, random):
        for _ in range(3):
            crowd.command("set", f"t.cache.key{random.randrange(200)}", "v")
        done = crowd.command("keys", "t.cache", "--include-expired")
        round.expect(done.out.count("\n") <= 50, "a cache holds more than max_items")

    def upkeep(number, random):
        crowd.command("admin", "purge")
        crowd.command("get", f"t.cache.key{random.randrange(200)}", codes=(0, 2))

    def discover(number, random):
        done = crowd.command("nss")
        counts = dict(line.split("\t")[0:3:2] for line in done.out.splitlines())
        for name in ("t.n0", "t.n1"):
            round.expect(counts.get(name) == str(SIZES[0]), f"nss tells of {counts.get(name)} records in {name}")
        crowd.command("keys", "t.own", codes=(0, 2))

    def save(number, random):
        file = backup / f"{number}-{random.randrange(10**9)}.tar.gz"
        crowd.command("-q", "backup", "--out", file)
        copy = file.with_suffix(".db")
        crowd.command("-q", "-d", copy, "restore", file)
        for name in range(2):
            version_of(copy, name, SIZES[name])
        for old in backup.glob(f"{copy.name}*"):
            old.unlink()
        file.unlink()

    works = [swap, swap, swap, write_own, delete_own, stream, table, look, look, cache, upkeep, discover, save]
    seconds = min(SECONDS, round.deadline - time.monotonic())
    crowd.run(lambda number, random: random.choice(works)(number, random), seconds)
    require_sound(round.database)
    for name in "ab":
        held = int(records(round.database, "t.count")[name])
        round.expect(held == raised[name], f"t.count.{name} is {held} after {raised[name]} successes")
    held = {key: int(value) for key, value in records(round.database, "t.own").items()}
    wanted = {f"worker{number}": count for number, count in own.items()}
    round.expect(held == wanted, f"t.own is {held}, not {wanted}")
    round.expect(len({version_of(round.database, n, size) for n, size in enumerate(SIZES)}) <= 2, "more than two loads")
    round.succeed("check")
    round.no_litter()
    round.no_litter(backup)


def births(round):
    """One namespace, and the database with it, made by all at once; nothing of anybody's is lost."""
    patient(round)
    for turn in range(3):
        for old in round.database.parent.iterdir():
            old.unlink()
        processes = []
        for number in range(round.workers):
            kind = round.random.randrange(3)
            if kind == 0:
                words = ["set", f"t.new.key{number}", "v"]
            elif kind == 1:
                words = ["-p", "t", "-n", "new", "-q", "stream", pronto(round, number, f"key{number}=v;\n")]
            else:
                words = ["-q", "import", "t.new", "--plain", pronto(round, number, f"key{number}\tv\n")]
            processes.append((words, round.start(*words)))
        for words, process in processes:
            done = round.end(process, words)
            round.expect(done.code == 0, f"born at once: {done}")
        held = set(records(round.database, "t.new"))
        round.expect(held == {f"key{n}" for n in range(round.workers)}, f"only {len(held)} of {round.workers} are there")
        round.counts["births"] += round.workers
        round.succeed("check")
        round.no_litter()


def pronto(round, number, text):
    file = round.folder / f"input{number}"
    file.write_text(text)
    return file


def homes(round):
    """First starts and installs on an empty home, all at once; then an end in the middle of a load."""
    environment = {"PRONTO_DB": None}
    database = round.home / ".local" / "data" / "odx" / "prontodb" / "pronto.db"
    started = []
    for number in range(round.workers):
        words = ["install"] if round.random.random() < 0.4 else ["set", f"t.home.key{number}", "v"]
        started.append((words, round.start(*words, environment=environment)))
    wanted = {words[1].split(".")[2] for words, _ in started if words[0] == "set"}
    for words, process in started:
        done = round.end(process, words)
        round.expect(done.code == 0, f"on an empty home at once: {done}")
    round.expect(set(records(database, "t.home")) == wanted, "a first start lost what another had written")
    with opened(database) as connection:
        users = connection.execute("SELECT count(*) FROM sec_users").fetchone()[0]
    round.expect(users == 1, f"{users} users were seeded")
    round.counts["first starts"] += len(started)
    file = round.folder / "load.pronto"
    rows = "".join(f"key{i:07d}={'x' * 80};\n" for i in range(60_000))
    file.write_text("meta:path=t.big;\n" + rows + "meta:path=t.small; a=b;\n")
    longest = measure(lambda: round.succeed("-q", "stream", file, environment=environment))
    for purge in (["--purge", "--yes"], []):
        words = ["-q", "stream", file]
        process = round.start(*words, environment=environment)
        time.sleep(round.random.uniform(0, longest))
        gone = round.run("uninstall", *purge, environment=environment)
        round.expect(gone.code == 0, f"during a load: {gone}")
        done = round.end(process, words)
        round.expect(done.code in (0, 1, 75), f"uninstalled during a load: {done}")
        round.counts["uninstalls"] += 1
        round.succeed("set", "t.home.after", "v", environment=environment)
        require_sound(database)
        round.succeed("check", environment=environment)
        if "t.big" in tables(database):
            round.expect(len(records(database, "t.big")) in (0, 60_000), "half a load")
        round.no_litter(database.parent)


def timeouts(round):
    """A lock that somebody holds: nobody gives up before the time is up, and readers never notice."""
    folder = round.home / ".local" / "etc" / "odx" / "prontodb"
    folder.mkdir(parents=True)
    (folder / "pronto.conf").write_text("busy_timeout_ms=1500\n")
    round.succeed("-q", "stream", stdin=load(1, SIZES))
    with opened(round.database) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
        writers = [["set", "t.n0.key", "v"], ["-q", "stream", "-"], ["del", "t.n0.key0000001"], ["admin", "drop-ns", "t.n1"]]
        began = time.monotonic()
        waiting = [(words, round.start(*words, stdin=file(round))) for words in writers]
        for words in (["get", "t.n0.key0000001"], ["scan", "t.n0"], ["nss"], ["keys", "t.n1"], ["-q", "backup", "--out", round.folder / "b"]):
            round.succeed(*words)
        for words, process in waiting:
            done = round.end(process, words)
            round.expect(done.code == 75, f"while another held the lock: {done}")
            round.expect(re.search("busy", done.err), f"did not say busy: {done}")
        round.expect(time.monotonic() - began >= 1.5, "a writer gave up before busy_timeout_ms had passed")
        connection.execute("ROLLBACK")
    for number in range(2):
        round.expect(version_of(round.database, number, SIZES[number]) == 1, "a writer who gave up has changed something")
    round.counts["locks held"] += 1
    round.no_litter()


def file(round):
    path = round.folder / "busy.pronto"
    path.write_bytes(load(9, SIZES))
    return path.open("rb")


SCENARIOS = [history, births, homes, timeouts]


def crowd(round):
    scenario = SCENARIOS[round.number % len(SCENARIOS)]
    round.title = scenario.__name__
    scenario(round)
