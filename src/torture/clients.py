"""Clients of a server that mean no good: slow, greedy, many. Others go on being served, in bounded memory."""

import collections
import os
import re
import resource
import signal
import socket
import threading
import time

from harness import HANGS_AFTER, require_sound

# The longest value there may be, in bytes, is a little more.
LARGE = 60_000_000
READERS = 30

# A value on its way is held twice while it is read; the rest is the server itself.
MOST_KB = 700_000

# A body may take 30 seconds for its first bytes, a refused one goes on for 5, and who looks, looks every 2.
KEPT_AT_MOST = 45

# Of which the answer that is known before the body has come is to be there in this time, on a busy machine.
AT_ONCE = 15


class Server:
    """A server of the round's database, with an API key of admin, listening on the loopback."""

    def __init__(self, round, *options, environment=None):
        self.round = round
        if not hasattr(round, "key"):
            round.succeed("-q", "admin", "user=admin;pass=-;", stdin=b"correct horse")
            round.key = round.succeed("admin", "apikey", "create", "admin").out.strip()
        self.key = round.key
        self.process = round.start("serve", *(options or ("--listen", "127.0.0.1:0")), environment=environment or {})
        self.lines = collections.deque(maxlen=50)
        self.place = None
        threading.Thread(target=self.read, daemon=True).start()
        end = time.monotonic() + HANGS_AFTER
        while self.place is None:
            round.expect(time.monotonic() < end and self.process.poll() is None, f"no start: {list(self.lines)}")
            time.sleep(0.02)

    def read(self):
        for line in self.process.stderr:
            text = line.decode(errors="replace")
            self.lines.append(text)
            found = re.search(r"listening at (\S+)", text)
            if found:
                self.place = found.group(1)

    def connect(self, timeout=HANGS_AFTER):
        if self.place.startswith("unix:"):
            client = socket.socket(socket.AF_UNIX)
            client.settimeout(timeout)
            client.connect(self.place[5:])
            return client
        host, port = self.place.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), timeout)

    def head(self, method, path, *headers, known=True):
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
        if known:
            lines.append(f"Authorization: Bearer {self.key}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def ask(self, method, path, body=b"", *headers, known=True):
        """The status of a request on a connection of its own, and how many bytes its body has."""
        with self.connect() as client:
            length = [f"Content-Length: {len(body)}"] if method in ("PUT", "POST") else []
            client.sendall(self.head(method, path, "Connection: close", *length, *headers, known=known) + body)
            return answer(client)

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmHWM:\s*(\d+)", status.read()).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(HANGS_AFTER)
        text = "".join(self.lines)
        for word in ("a defect", "Exception", "SIGSEGV"):
            self.round.expect(word not in text, f"an error without words: {text}")


def answer(client):
    begin, size = b"", 0
    while True:
        try:
            part = client.recv(1 << 20)
        except ConnectionResetError:
            part = b""
        if not part:
            break
        if b"\r\n\r\n" not in begin:
            begin += part
            size = len(begin.partition(b"\r\n\r\n")[2])
        else:
            size += len(part)
    return int(begin[9:12] or 0), size


def trickle(round, server, begin, drop, statuses):
    """Sends a drop every now and then; answers how long that was suffered."""
    started = time.monotonic()
    said = b""
    with server.connect(0.5) as client:
        client.sendall(begin)
        while True:
            round.expect(time.monotonic() - started < KEPT_AT_MOST, f"kept a client that sends {drop!r} behind {begin[:40]!r}: {said[:300]}")
            try:
                client.sendall(drop)
                part = client.recv(4096)
                said += part
                if not part:
                    time.sleep(0.2)
            except TimeoutError:
                continue
            except OSError:
                break
    status = said[9:12].decode()
    round.expect(status in statuses, f"{status} instead of {statuses} for {begin[:60]!r}: {said[:300]}")
    round.counts["slow clients"] += 1


def slow(round):
    """Requests that come byte by byte, in every part that one has, by whom the server knows and by others."""
    server = Server(round)
    chunked = "Transfer-Encoding: chunked"
    size = "Content-Length: 1000000"
    cases = []
    for known, statuses in ((False, ("401",)), (True, ("408",))):
        for method, path in (("PUT", "/v1/h.n/k"), ("POST", "/v1/stream"), ("POST", "/v1/stream?check=true")):
            head = server.head(method, path, chunked, known=known)
            cases += [
                (head + b"5;", b"x", statuses),
                (head + b"5\r\nmeta:\r\n5;a=\"", b"x", statuses),
                (head + b"5\r\nmeta:\r\n0\r\nA: ", b"x", statuses),
                (head + b"0" * 20, b"0", (*statuses, "400")),
                (server.head(method, path, size, known=known), b"m", statuses),
                (server.head(method, path, size, "Expect: 100-continue", known=known), b"m", (*statuses, "100")),
            ]
        cases += [
            (server.head("GET", "/healthz", chunked, known=known) + b"5;", b"x", ("200",)),
            (server.head("DELETE", "/v1/h.n/k", chunked, known=known) + b"5;", b"x", ("401", "404")),
            (server.head("PUT", "/v1/h.n/k", "Transfer-Encoding: gzip, chunked", known=known), b"x", ("401", "501")),
        ]
    cases += [
        (b"", b"\r", ("", "400")),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA: ", b"a", ("", "400", "431")),
        (server.head("GET", "/healthz") * 3 + b"GET ", b"/", ("200",)),
    ]
    failures = []

    def run(case):
        try:
            trickle(round, server, *case)
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(case,)) for case in cases * 4]
    for thread in threads:
        thread.start()
    others = 0
    while any(thread.is_alive() for thread in threads):
        started = time.monotonic()
        status, _ = server.ask("PUT", f"/v1/h.others/k{others}", b"v")
        round.expect(status == 201, f"another client was refused: {status}")
        status, _ = server.ask("POST", "/v1/stream", f"meta:path=h.loads; k{others}=v;".encode())
        round.expect(status == 200, f"another client's load was refused: {status}")
        round.expect(time.monotonic() - started < HANGS_AFTER, "another client had to wait")
        others += 1
        time.sleep(0.5)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    round.counts["others served"] += others
    started = time.monotonic()
    with server.connect() as client:
        client.sendall(server.head("PUT", "/v1/h.n/k", "Transfer-Encoding: gzip, chunked"))
        round.expect(client.recv(12) == b"HTTP/1.1 501", "a coded body is not refused with 501")
    round.expect(time.monotonic() - started < AT_ONCE, "the answer to a coded body came after the body")
    server.stop()


def greedy(round):
    """Many who read and list one large value at once: served or told to come again, in bounded memory."""
    round.succeed("-q", "set", "h.large.v", "-", stdin=os.urandom(LARGE))
    server = Server(round)
    for path in ("/v1/h.large/v", "/v1/h.large"):
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(server.ask("GET", path))) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = collections.Counter(status for status, _ in answers)
        round.expect(set(statuses) <= {200, 503} and statuses[200] > 0, f"{path}: {dict(statuses)}, {list(server.lines)}")
        round.expect(all(size >= LARGE for status, size in answers if status == 200), f"{path}: an answer is cut off")
        round.counts["large answers"] += statuses[200]
        if path.endswith("v"):
            round.expect(server.memory() < MOST_KB, f"{server.memory() >> 10} MB of memory for {path}")
    # A page holds the value as base64 and is put together by doubling.
    round.expect(server.memory() < 3 * MOST_KB, f"{server.memory() >> 10} MB of memory")
    server.stop()
    small = Server(round, environment={"PRONTO_JAVA_OPTIONS": "-Xms32m -Xmx48m"})
    for _ in range(3):
        status, _ = small.ask("GET", "/v1/h.large/v")
        round.expect(status == 503, f"{status} where memory is short, {list(small.lines)}")
        status, _ = small.ask("GET", "/healthz")
        round.expect(status == 200, f"not well any more: {status}")
    small.stop()


def sockets(round):
    """Servers at one socket, one after the other and beside each other."""
    place = round.folder / "s.sock"
    for killed in (False, True):
        first = Server(round, "--unix", place)
        done = round.run("-q", "serve", "--unix", place)
        round.expect(done.code == 1 and "in use" in done.err, f"two servers at one socket: {done}")
        if killed:
            first.process.kill()
            first.process.wait()
        else:
            place.unlink()
        second = Server(round, "--unix", place)
        if first.process.poll() is None:
            first.stop()
        round.expect(second.ask("GET", "/healthz")[0] == 200, "the socket went with a server that it was not of")
        second.stop()
        round.expect(not place.exists(), "a server that has stopped left its socket")
        round.counts["successors"] += 1
    long = round.folder / ("s" * 110)
    done = round.run("-q", "serve", "--unix", long)
    round.expect(done.code == 1 and "bytes" in done.err, f"a socket that nobody can connect to: {done}")
    litter = [file.name for file in round.folder.glob(".p*")]
    round.expect(not litter, f"left behind: {litter}")


def crowd(round):
    """More connections than the server has room for."""
    server = Server(round)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    held = []
    try:
        for _ in range(1100):
            client = server.connect()
            client.sendall(server.head("PUT", "/v1/h.n/k", "Transfer-Encoding: chunked", known=False) + b"5;")
            held.append(client)
        status, _ = server.ask("GET", "/healthz", known=False)
        round.expect(status == 200, f"{status} behind {len(held)} others")
        round.counts["slow clients"] += len(held)
    finally:
        for client in held:
            client.close()
    server.stop()


KINDS = [sockets, greedy, crowd, slow]


def clients(round):
    part = KINDS[round.number % len(KINDS)]
    round.title = part.__name__
    part(round)
    require_sound(round.database)
