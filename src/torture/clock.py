"""A clock that jumps, under a cache in use: faketime gives each command a time of its own."""

import calendar
import glob
import time

from harness import Skip, opened, records, require_sound

TABLE = "ns_t_cache__ttl"
# Where clocks are known to go wrong, and a machine whose battery is empty.
BEGINNINGS = [
    (1970, 1, 1), (2000, 1, 1), (2026, 3, 29), (2038, 1, 18), (2038, 1, 19), (2106, 2, 6), (2262, 4, 11), (9999, 12, 30),
]
LIBRARY = "/usr/lib/*/faketime/libfaketime.so.1"
# A command may take so many seconds, and what expires in them may be met or not.
BLUR = 100


class Clock:
    """What the product takes for the time, told in a file, so that it can change during a command."""

    def __init__(self, round, now):
        library = glob.glob(LIBRARY)
        if not library:
            raise Skip("needs faketime")
        self.file = round.folder / "clock"
        round.environment |= {
            "LD_PRELOAD": library[0],
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }
        self.set(now)

    def set(self, now):
        self.now = now
        moment = time.gmtime(now)
        text = f"@{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d} {moment.tm_hour:02d}:{moment.tm_min:02d}:{moment.tm_sec:02d}\n"
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text)
        fresh.rename(self.file)


def clock(round):
    random = round.random
    scenario = [history, long_load, far_away][round.number % 3]
    round.title = scenario.__name__
    beginning = calendar.timegm((*BEGINNINGS[random.randrange(len(BEGINNINGS))], random.randrange(24), 0, 0))
    scenario(round, Clock(round, beginning))


class Model:
    """A cache as docs/caches.md describes it: key to the instant of its expiry, in the order of arrival."""

    def __init__(self, limit, evicts):
        self.held = {}
        self.limit = limit
        self.evicts = evicts

    def write(self, key, now, life):
        self.held.pop(key, None)
        self.held[key] = now + life
        if len(self.held) > self.limit:
            self.purge(now)
        while len(self.held) > self.limit:
            del self.held[next(iter(self.held))]

    def purge(self, now):
        self.held = {key: expiry for key, expiry in self.held.items() if expiry > now}

    def read(self, key, now):
        lives = self.held.get(key, now) > now
        if not lives and self.evicts:
            self.held.pop(key, None)
        return lives

    def live(self, now):
        return {key for key, expiry in self.held.items() if expiry > now}


def history(round, clock):
    """Jumps between the commands; a life is always far from its end when it is looked at."""
    random = round.random
    model = Model(random.choice([4, 1000]), random.random() < 0.5)
    settings = f"timeout=1000; max_items={model.limit}; evict_on_read={int(model.evicts)}"
    round.succeed("admin", "create-cache", "t.cache", settings)
    for _ in range(30):
        if round.is_late():
            break
        key = f"key{random.randrange(8)}"
        act = random.choice(["set", "set", "set", "stream", "get", "ttl", "keys", "purge", "jump", "jump", "jump"])
        if act == "jump":
            jump(random, clock, model)
            round.counts["jumps"] += 1
        elif act == "set":
            life = random.choice([1000, 5000, 90_000])
            round.succeed("set", f"t.cache.{key}", "v", *([] if life == 1000 else ["--ttl", str(life)]))
            model.write(key, clock.now, life)
        elif act == "stream":
            round.succeed("-q", "stream", stdin=f"meta:path=t.cache; meta:ttl=7000; {key}=v;".encode())
            model.write(key, clock.now, 7000)
        elif act == "get":
            done = round.run("get", f"t.cache.{key}")
            lives = model.read(key, clock.now)
            round.expect(done.code == (0 if lives else 2), f"at {clock.now} {key} should be {lives}: {done}")
        elif act == "ttl":
            left = model.held.get(key, 0) - clock.now
            done = round.run("ttl", f"t.cache.{key}")
            round.expect(done.code == (0 if model.read(key, clock.now) else 2), f"ttl at {clock.now}: {done}")
            round.expect(done.code or abs(int(done.out) - left) < BLUR, f"{left} s are left: {done}")
        elif act == "keys":
            done = round.succeed("keys", "t.cache")
            round.expect(set(done.out.split()) == model.live(clock.now), f"at {clock.now} alive are {model.held}: {done}\n{done.out}")
        elif act == "purge":
            round.succeed("admin", "purge", "t.cache")
            model.purge(clock.now)
        held = set(records(round.database, "t.cache"))
        round.expect(held == set(model.held), f"after {act} {key} at {clock.now} there are {held}, not {model.held}")
    require_sound(round.database)
    round.succeed("check")
    round.no_litter()


def jump(random, clock, model):
    """To where nothing is just about to expire."""
    while True:
        by = random.choice([300, 2000, 10_000, 200_000, 40_000_000]) * random.choice([1, 1, -1])
        now = max(clock.now + by, 0)
        if all(abs(expiry - now) > BLUR for expiry in model.held.values()):
            break
    if time.gmtime(now).tm_year > 9999:
        return
    clock.set(now)


def long_load(round, clock):
    """The clock jumps while a load is read: lives begin when it is applied."""
    random = round.random
    round.succeed("admin", "create-cache", "t.cache", "timeout=1000")
    process = round.start("-q", "stream", stdin=-1)
    process.stdin.write(b"meta:path=t.cache; a=v; meta:ttl=5000; b=v;\n")
    process.stdin.flush()
    time.sleep(random.uniform(0.1, 0.6))
    by = random.choice([-50_000, 50_000, 400])
    clock.set(max(clock.now + by, 0))
    process.stdin.write(b"c=v;\n")
    process.stdin.close()
    process.stdin = None
    done = round.end(process, ["stream"])
    round.expect(done.code == 0, f"a jump of {by} s: {done}")
    round.counts["jumps"] += 1
    with opened(round.database) as connection:
        rows = connection.execute(f"SELECT CAST(k AS TEXT), created_at, expires_at FROM {TABLE} ORDER BY seq").fetchall()
    lives = [(key, (expires - created) // 1000) for key, created, expires in rows]
    round.expect(lives == [("a", 1000), ("b", 5000), ("c", 5000)], f"after a jump of {by} s: {rows}")
    late = [created / 1000 - clock.now for _, created, _ in rows]
    round.expect(all(0 <= seconds < BLUR for seconds in late), f"created {late} s after the time of applying")
    # A writer who waits for a lock, and a purge in steps, go by no wall clock.
    round.succeed("admin", "purge")


def far_away(round, clock):
    """What expires in years to come goes through every format and back."""
    random = round.random
    round.succeed("admin", "create-cache", "t.cache", "timeout=1000")
    lives = [1000, 10**6, 10**9, 31_622_400_000]
    for number, life in enumerate(lives):
        round.succeed("set", f"t.cache.key{number}", "v", "--ttl", str(life))
    before = expiries(round, "t.cache")
    for number, life in enumerate(lives):
        left = int(round.succeed("ttl", f"t.cache.key{number}").out)
        round.expect(abs(left - life) < BLUR, f"of {life} s there are {left} left")
    stream = round.succeed("scan", "t.cache", "--stream").out
    table = round.succeed("export", "t.cache").out
    lines = round.succeed("--json", "scan", "t.cache").out
    tree = round.folder / "tree"
    round.succeed("-q", "export-fs", tree)
    round.succeed("-q", "backup", "--out", round.folder / "b.tar.gz")
    clock.set(max(0, clock.now + random.choice([-200, 200])))
    round.succeed("admin", "drop-ns", "t.cache")
    round.succeed("-q", "stream", stdin=stream.encode())
    round.expect(expiries(round, "t.cache") == before, f"a stream changed {before} to {expiries(round, 't.cache')}")
    round.succeed("-q", "import", "t.copy", "--create-cache", "timeout=1000", stdin=table.encode())
    round.expect(expiries(round, "t.copy") == before, f"a table changed {before} to {expiries(round, 't.copy')}")
    round.succeed("admin", "drop-ns", "t.cache")
    round.succeed("-q", "import-fs", tree)
    round.expect(expiries(round, "t.cache") == before, f"a tree changed {before} to {expiries(round, 't.cache')}")
    round.succeed("-q", "restore", "--force", round.folder / "b.tar.gz")
    round.expect(expiries(round, "t.cache") == before, "a backup changed an expiry")
    round.expect(lines.count("\n") == len(lives), f"as JSON: {lines}")
    round.succeed("log")
    round.counts["far expiries"] += len(lives)


def expiries(round, namespace):
    table = namespace.replace(".", "_")
    with opened(round.database) as connection:
        rows = connection.execute(f"SELECT CAST(k AS TEXT), expires_at FROM ns_{table}__ttl ORDER BY 1").fetchall()
    return rows
