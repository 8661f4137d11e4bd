"""No room: a small disk under the database, the outputs or the temporary files; or a quota for files."""

import contextlib
import errno
import os
import re
import resource
import subprocess

from harness import Skip
from jobs import Bench

DISK = 96 << 20


class SmallDisk:
    """A tmpfs that a ballast fills up to what is to be free."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        options = f"size={DISK},mode=0700"
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
        if mount.returncode:
            raise Skip(f"needs the right to mount a tmpfs ({mount.stderr.decode().strip()})")

    def leave(self, free):
        ballast = self.folder / "ballast"
        with open(ballast, "wb") as file:
            available = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_bsize
            with contextlib.suppress(OSError):
                os.posix_fallocate(file.fileno(), 0, max(1, available - free))

    def make_room(self):
        (self.folder / "ballast").unlink()

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=False)


def names_the_fault(round, job, done, words):
    """A failure has to say that there was no room, and where."""
    round.expect(done.code in (1, 2, 65), f"{job.name} ended strangely where there was no room: {done}")
    said = re.search(r"no space|No space|are free|File too large|ulimit", done.err)
    round.expect(said, f"{job.name} did not say that there was no room: {done}")
    round.expect(any(str(word) in done.err for word in words), f"{job.name} did not say what is full: {done}")


def full(round):
    random = round.random
    variety = ["database", "output", "temporary", "quota"][round.number % 4]
    round.title = variety
    data, out = round.folder / "data", round.folder / "out"
    out.mkdir()
    round.number
    if variety == "quota":
        bench = Bench(round, data, out)
        for job in random.sample(bench.jobs(), 6):
            if round.is_late():
                break
            try_quota(round, bench, job)
        return
    disk = SmallDisk(round.folder / "disk")
    try:
        bench = Bench(round, disk.folder if variety == "database" else data, disk.folder if variety == "output" else out)
        if variety == "temporary":
            round.environment["SQLITE_TMPDIR"] = str(disk.folder)
            round.environment["TMPDIR"] = str(disk.folder)
        for job in random.sample(bench.jobs(), 6):
            if round.is_late():
                break
            try_disk(round, bench, job, disk, variety)
    finally:
        disk.close()


def try_disk(round, bench, job, disk, variety):
    before = bench.lay_out(job)
    free = int(10 ** round.random.uniform(0, 7.6)) if round.random.random() < 0.9 else 0
    disk.leave(free)
    done = round.run(*job.arguments, stdin=job.stdin)
    round.counts["full disks"] += 1
    if done.code not in (0, 65) or (done.code == 65 and job.name != "rejects"):
        round.counts["failures"] += 1
        names_the_fault(round, job, done, [disk.folder, bench.database])
    # Whoever wants to make room has to see what is there.
    if not job.fresh and variety == "database" and free < 1 << 20:
        read = round.run("get", "t.n0.key0000001")
        round.expect(read.code == 0 or "t.n0" not in before, f"a full disk can not be read from: {read}")
    disk.make_room()
    bench.judge(job, done, before)


def try_quota(round, bench, job):
    before = bench.lay_out(job)
    limit = int(10 ** round.random.uniform(0, 7.6))

    def restrict():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = round.run(*job.arguments, stdin=job.stdin, preexec_fn=restrict)
    round.counts["quotas"] += 1
    if done.code not in (0, 65) or (done.code == 65 and job.name != "rejects"):
        round.counts["failures"] += 1
        round.expect(done.code > 0, f"{job.name} was killed by a quota: {done}")
        names_the_fault(round, job, done, [bench.folder, bench.out])
    bench.judge(job, done, before)


