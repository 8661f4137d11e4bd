"""Errors of the disk: one system call on one of our files fails, wherever in a command that may be."""

import collections
import re

from harness import need
from jobs import Bench

CALLS = "openat,read,pread64,write,pwrite64,fsync,fdatasync,ftruncate,mmap,link,rename,unlink,mkdir,fallocate,fcntl"
ERRORS = ["EIO", "EIO", "ENOSPC", "EDQUOT", "EINTR", "ENOMEM", "EROFS", "EACCES"]
LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")
MEANINGLESS = {
    # What the kernel itself never answers there, or what stands for something else.
    ("read", "ENOSPC"), ("read", "EDQUOT"), ("read", "EROFS"), ("read", "EACCES"), ("read", "ENOMEM"),
    ("pread64", "ENOSPC"), ("pread64", "EDQUOT"), ("pread64", "EROFS"), ("pread64", "EACCES"),
    ("write", "EROFS"), ("write", "EACCES"), ("pwrite64", "EROFS"), ("pwrite64", "EACCES"),
    ("mmap", "EINTR"), ("link", "EINTR"), ("rename", "EINTR"), ("unlink", "EINTR"), ("mkdir", "EINTR"),
    ("unlink", "ENOSPC"), ("unlink", "EDQUOT"),
    # SQLite takes it for somebody else's lock.
    ("fcntl", "EINTR"), ("fcntl", "EACCES"), ("fcntl", "ENOSPC"), ("fcntl", "EROFS"), ("fcntl", "EDQUOT"),
    ("fcntl", "EIO"), ("fcntl", "ENOMEM"),
}


class Trace:
    """The calls on our files, each with its number among the calls of its name in its thread."""

    def __init__(self, text, folder):
        self.calls = []
        self.injected = []
        counts = collections.Counter()
        for line in text.splitlines():
            match = LINE.match(line)
            if not match or "resumed>" in line:
                continue
            thread, name, rest = match.groups()
            counts[thread, name] += 1
            if f"{folder}/" in rest:
                self.calls.append((name, counts[thread, name], rest))
            if "INJECTED" in rest:
                self.injected.append(f"{name}({rest}")


def strace(log, *extra):
    return ["strace", "-f", "-qqq", "-y", "-s", "0", "-o", log, "-e", f"trace={CALLS}", "-e", "signal=none", *extra]


def io(round):
    need("strace")
    random = round.random
    data, out = round.folder / "data", round.folder / "out"
    out.mkdir()
    log = round.folder / "strace"
    bench = Bench(round, data, out)
    for job in random.sample(bench.jobs(), 3):
        round.title = job.name
        bench.lay_out(job)
        round.run(*job.arguments, stdin=job.stdin, before=strace(log))
        trace = Trace(log.read_text(errors="replace"), round.folder)
        # Few calls are made once, some a thousand times: each of a name and a file has its turn.
        groups = collections.defaultdict(list)
        for call in trace.calls:
            file = re.search(re.escape(str(round.folder)) + r"[^>\"]*", call[2]).group()
            groups[call[0], re.sub(r"\d+-[0-9a-f]+", "N", file)].append(call)
        for _ in range(5):
            if round.is_late():
                return
            name, number, _ = random.choice(groups[random.choice(sorted(groups))])
            error = random.choice([error for error in ERRORS if (name, error) not in MEANINGLESS] or ["EIO"])
            # Once, or for as long as the command lives.
            stays = "+" if random.random() < 0.3 and error != "EINTR" else ""
            strike(round, bench, job, log, name, error, f"{number}{stays}")


def strike(round, bench, job, log, name, error, when):
    before = bench.lay_out(job)
    inject = strace(log, "-e", f"inject={name}:error={error}:when={when}")
    done = round.run(*job.arguments, stdin=job.stdin, before=inject)
    injected = Trace(log.read_text(errors="replace"), round.folder).injected
    if not injected:
        round.counts["missed"] += 1
    elif str(round.folder) not in injected[0]:
        # Another thread made a call of that number first: the Java runtime was hit.
        round.counts["hits elsewhere"] += 1
        return
    else:
        round.counts["errors"] += 1
        round.counts["failures" if done.code else "overcome"] += 1
    done.err += f"\n  injected: {error} at {when}: {injected[:1]}"
    round.expect(done.code in (0, 1, 2, 65, 75), f"ended strangely: {done}")
    # Where standard error has failed as well, nothing can be said.
    speechless = job.name == "rejects" or any(call.startswith("write(2<") for call in injected)
    round.expect(done.code == 0 or "error" in done.err or speechless, f"failed without a word: {done}")
    round.expect(done.code == 0 or error != "EINTR" or job.name == "rejects", f"an interrupted call is no failure: {done}")
    bench.judge(job, done, before)
