#!/usr/bin/env python3
"""Redemptions against their yardsticks, in one run on one machine, taking turns:

 latency     an open loop of 500 redemptions a second, each durable: to the stand-in for SEEK Pass alone, and through `serve`, one
             request each in turn, so that both meet the same noise. What `serve` adds at p50; p99 likewise in the quietest round.
 saturation  16 clients, as fast as they can: through nginx as one proxy hop (nothing written), through `serve`, and what SQLite
             does by itself with 16 redemptions to a commit.
 import      the open loop again while `gradpass import` brings 1,000,000 new graduates beside `serve`, and that import by itself.

Every redemption has a code of its own. The stand-in is nginx with fixed answers, and the pace is so high that
it never binds; everything else is as it is delivered. A machine's speed drifts within minutes: only ratios of one run count, and of
those the median of at least five. Needs Python 3 and Debian's nginx-light and wrk; everything runs on the loopback interface."""
import argparse, asyncio, hmac, json, os, random, re, secrets, shutil, socket, sqlite3, statistics, subprocess, sys, tempfile, threading, time

from common import listens, processor_time, say, ticks
from university import forget, furnish, roster

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SEEK, PROXY, DIRECT = 8189, 8190, 8191
SERVE = 8192

NGINX = """daemon off; worker_processes 1; pid {d}/nginx.pid; error_log {d}/nginx.log;
events {{ worker_connections 2048; }}
http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {d}/b; proxy_temp_path {d}/p;
 fastcgi_temp_path {d}/f; uwsgi_temp_path {d}/u; scgi_temp_path {d}/s;
 upstream api {{ server 127.0.0.1:{direct}; keepalive 128; keepalive_requests 100000000; }}
 server {{ listen 127.0.0.1:{seek}; default_type application/json;
  location /api/partner/v1/oauth/ {{ return 200 '{{"access_token":"opaque","token_type":"Bearer","expires_in":3600}}'; }}
  location / {{ return 201 '{{"redirect_uri":"https://app.seekpass.example/add/0123456789abcdef"}}'; }} }}
 server {{ listen 127.0.0.1:{direct}; location / {{ return 303 https://app.uni.example/welcome; }} }}
 server {{ listen 127.0.0.1:{proxy}; location / {{ proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_redirect off; }} }} }}
"""


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"what should listen on port {port} has ended")
        if listens(port):
            return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code():
    """As src/invitation/code.rs makes them."""
    symbols, check = [random.randrange(32) for _ in range(12)], 0
    for symbol in symbols:
        check = (check ^ symbol) << 1
        check ^= 0b100101 if check & 32 else 0
    return bytes(symbols + [check])


class Desk:
    """A folder with configuration, key, and a ledger of graduates whose codes are known."""

    def __init__(self, given, count):
        self.program = given.program
        self.folder = tempfile.mkdtemp(prefix="redeem-", dir=given.folder)
        furnish(self.folder, mail="connections = 4", page=SERVE, seek=SEEK, pace=1_000_000)
        roster(self.path("invited.csv"), count)
        self.run("import", "invited.csv")
        self.codes = self.mailed()
        random.Random(1).shuffle(self.codes)
        self.serving = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def mailed(self):
        """Does to the ledger what `send` does, which would take longer: each invitation has a code, and its message is sent."""
        codes, rows, now = [], [], int(time.time() * 1000)
        with sqlite3.connect(self.path("gradpass.db")) as ledger:
            for (invitation,) in ledger.execute("SELECT id FROM invitation"):
                symbols = code()
                codes.append("".join(SYMBOLS[it] for it in symbols))
                rows.append((hmac.digest(b"\7" * 32, b"code\0" + symbols, "sha256"), invitation, now, now + 90 * 86_400_000))
            ledger.executemany("INSERT INTO code (hash, invitation_id, made_at, expires_at) VALUES (?, ?, ?, ?)", rows)
            ledger.execute("UPDATE message SET state = 'sent', attempts = 1, sent_at = ?", (now,))
        return codes

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def keep(self):
        """Keeps the ledger as it is, for `restore`."""
        shutil.copyfile(self.path("gradpass.db"), self.path("kept.db"))

    def restore(self):
        forget(self.folder)
        shutil.copyfile(self.path("kept.db"), self.path("gradpass.db"))
        os.sync()

    def serve(self):
        with open(self.path("serve.log"), "ab") as log:
            self.serving = subprocess.Popen([self.program, "serve"], cwd=self.folder, stdout=log, stderr=log)
        wait_for(SERVE, self.serving)
        time.sleep(1.2)  # the first second is silent

    def stop(self):
        if self.serving:
            self.serving.terminate()
            self.serving.wait(30)
            self.serving = None

    def take(self, count):
        if len(self.codes) < count:
            raise SystemExit("more codes are needed: --codes")
        taken, self.codes = self.codes[:count], self.codes[count:]
        return taken

    def redeemed(self):
        with sqlite3.connect(f"file:{self.path('gradpass.db')}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT count(*) FROM submission WHERE state = 'incomplete'").fetchone()[0]

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def post(port, path, body):
    return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


class Client:
    def __init__(self, port):
        self.port = port

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self

    async def ask(self, request):
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if length:
            await self.reader.readexactly(int(length[1]))
        return head[9:12]


async def open_loop(targets, rate, done, connections=16):
    """`targets`: name, port, requests without end, the status that is right. Each gets `rate` requests a second, in turn, until `done`
    says so; the time of a request counts from when it was due."""
    times = {name: [] for name, *_ in targets}
    wrong = dict.fromkeys(times, 0)

    async def work(queue, name, port, requests, right):
        client = await Client(port).open()
        while True:
            due = await queue.get()
            if due is None:
                break
            status = await client.ask(next(requests))
            times[name].append((time.perf_counter() - due) * 1000)
            wrong[name] += status != right
        client.writer.close()

    queues = [asyncio.Queue() for _ in targets]
    works = [asyncio.create_task(work(queue, *target)) for queue, target in zip(queues, targets) for _ in range(connections)]
    await asyncio.sleep(0.3)
    began, turn = time.perf_counter(), 0
    while not done(turn // len(targets), time.perf_counter() - began):
        for queue in queues:
            wait = began + turn / (rate * len(targets)) - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            queue.put_nowait(time.perf_counter())
            turn += 1
    for queue in queues:
        for _ in range(connections):
            queue.put_nowait(None)
    await asyncio.wait_for(asyncio.gather(*works), 60)
    figures = {}
    for name, its in times.items():
        its.sort()
        at = lambda share: its[min(len(its) - 1, int(len(its) * share))]
        figures[name] = {"count": len(its), "wrong": wrong[name], "p50_ms": at(0.5), "p99_ms": at(0.99), "p999_ms": at(0.999), "max_ms": its[-1]}
    return figures


def for_ever(request):
    while True:
        yield request


def redemptions(codes):
    for code in codes:
        yield post(SERVE, "/redeem", f"code={code}")



def both(codes, rate, done):
    targets = [("alone", SEEK, for_ever(post(SEEK, "/api/partner/v1/add/education.json", "x" * 300)), b"201"), ("serve", SERVE, redemptions(codes), b"303")]
    figures = asyncio.run(open_loop(targets, rate, done))
    if any(it["wrong"] for it in figures.values()):
        raise SystemExit(f"not every answer was right: {figures}")
    return figures


def two_syncs(folder, rate, count=500):
    """Milliseconds, the median: the pages that the wish and the link of a redemption append to the log, 7 and 5, each synced."""
    with open(os.path.join(folder, "log"), "wb", buffering=0) as log:
        times = []
        for _ in range(count):
            began = time.perf_counter()
            for pages in (7, 5):
                log.write(bytes(pages * 4120))
                os.fdatasync(log)
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(max(0, 1 / rate - (time.perf_counter() - began)))
    return statistics.median(times)


def latency(desk, given):
    rounds, syncs = [], []
    for _ in range(given.rounds):
        count = given.rate * given.seconds
        figures = both(desk.take(count), given.rate, lambda turns, _: turns >= count)
        for name, it in figures.items():
            say(row=10, case=name, **it)
        rounds.append((figures["serve"]["p50_ms"] - figures["alone"]["p50_ms"], figures["serve"]["p99_ms"] - figures["alone"]["p99_ms"],
                       figures["serve"]["p99_ms"]))
        syncs.append(two_syncs(desk.folder, given.rate))
    quietest = min(rounds, key=lambda it: it[2])
    say(row=10, adds_p50_ms=statistics.median(it[0] for it in rounds), goal_p50_ms=0.6, adds_p99_quietest_ms=quietest[1], goal_p99_ms=1.0,
        two_syncs_ms=statistics.median(syncs))


def wrk(port, path, script, seconds, folder):
    file = os.path.join(folder, "wrk.lua")
    with open(file, "w") as lua:
        lua.write(script)
    out = subprocess.run(["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", file, f"http://127.0.0.1:{port}{path}"],
                         capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


FORM = 'wrk.method = "POST"; wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"\n'


def through_nginx(given, folder):
    return wrk(PROXY, "/r/x", FORM + 'wrk.body = "code=0123456789abcdef0123456789"\n', given.seconds, folder)


def through_serve(desk, given):
    """With a code of its own for every request; what is redeemed when it ends is counted in the ledger."""
    codes = desk.take(min(given.burst, len(desk.codes)))
    with open(desk.path("codes"), "w") as file:
        file.write("\n".join(codes) + "\n")
    script = FORM + f"""
local codes, sent = {{}}, 0
for line in io.lines("{desk.path('codes')}") do codes[#codes + 1] = line end
function request()
  sent = sent + 1
  return wrk.format(nil, nil, nil, "code=" .. (codes[sent] or error("more codes are needed: --burst")))
end
"""
    before, spent, then = desk.redeemed(), processor_time(desk.serving.pid), ticks()
    wrk(SERVE, "/redeem", script, given.seconds, desk.folder)
    spent, (whole, idle) = processor_time(desk.serving.pid) - spent, (after - it for after, it in zip(ticks(), then))
    time.sleep(0.5)  # the last 16 are written
    done = desk.redeemed() - before
    desk.codes += codes[done + 64:]
    return done / given.seconds, spent / done, (whole - idle) / os.sysconf("SC_CLK_TCK") / done


def by_sqlite(folder, seconds, group=16):
    """The least that a redemption can cost: one UPDATE, 16 to a commit."""
    path = os.path.join(folder, "sqlite.db")
    for rest in ("", "-wal", "-shm"):
        if os.path.exists(path + rest):
            os.unlink(path + rest)
    ledger = sqlite3.connect(path, isolation_level=None)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("CREATE TABLE invitation (id INTEGER PRIMARY KEY, graduate INTEGER NOT NULL, code BLOB NOT NULL UNIQUE,"
                   " created_at INTEGER NOT NULL, sent_at INTEGER, used_at INTEGER)")
    codes = [secrets.token_bytes(16) for _ in range(100_000)]
    ledger.execute("BEGIN")
    ledger.executemany("INSERT INTO invitation (graduate, code, created_at) VALUES (?, ?, 0)", list(enumerate(codes)))
    ledger.execute("COMMIT")
    ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger.execute("PRAGMA synchronous = FULL")
    random.Random(1).shuffle(codes)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds and done + group <= len(codes):
        ledger.execute("BEGIN IMMEDIATE")
        for code in codes[done:done + group]:
            ledger.execute("UPDATE invitation SET used_at = ? WHERE code = ? AND used_at IS NULL", (1, code))
        ledger.execute("COMMIT")
        done += group
    spent = time.perf_counter() - began
    ledger.close()
    return done / spent


def saturation(desk, given):
    rounds = []
    for turn in range(given.rounds):
        works = [lambda: through_nginx(given, desk.folder), lambda: through_serve(desk, given), lambda: by_sqlite(desk.folder, given.seconds)]
        its = [None] * 3
        for place in ([0, 1, 2], [2, 1, 0])[turn % 2]:
            its[place] = works[place]()
        its[1], *spent = its[1]
        say(row=11, nginx_s=its[0], serve_s=its[1], sqlite_group16_s=its[2], serve_cpu_us=1e6 * spent[0], all_cpu_us=1e6 * spent[1])
        rounds.append((*its, os.cpu_count() / spent[1]))
    median = statistics.median
    say(row=11, of_nginx=median(it[1] / it[0] for it in rounds), goal_of_nginx=0.4, of_sqlite=median(it[1] / it[2] for it in rounds),
        goal_of_sqlite=0.5, serve_s=median(it[1] for it in rounds), carried=median(it[3] / it[0] for it in rounds))


def import_beside(desk, given):
    new = desk.path("new.csv")
    with open(desk.path("invited.csv"), encoding="utf-8") as file:
        rows = file.read()
    roster(desk.path("more.csv"), given.rows, first=5_000_000)
    with open(desk.path("more.csv"), encoding="utf-8") as file, open(new, "w", encoding="utf-8") as out:
        next(file)
        out.write(rows)
        shutil.copyfileobj(file, out)
    desk.stop()
    rounds = []
    codes = list(desk.codes)
    desk.keep()
    for _ in range(given.import_rounds):
        desk.restore()
        began = time.perf_counter()
        desk.run("import", "new.csv")
        alone = time.perf_counter() - began
        desk.restore()
        desk.serve()
        quiet = both(codes[:given.rate * given.seconds], given.rate, lambda turns, _: turns >= given.rate * given.seconds)
        began, before = time.perf_counter(), ticks()
        importing = subprocess.Popen([desk.program, "import", "new.csv"], cwd=desk.folder, stdout=subprocess.DEVNULL)
        ended = []
        threading.Thread(target=lambda: (importing.wait(), ended.append(time.perf_counter())), daemon=True).start()
        rest = codes[given.rate * given.seconds:]
        figures = both(rest, given.rate, lambda turns, _: bool(ended) or turns >= len(rest))
        importing.wait()
        beside = (ended[0] if ended else time.perf_counter()) - began
        whole, idle = (after - then for after, then in zip(ticks(), before))
        desk.stop()
        say(row=12, import_alone_s=alone, import_beside_s=beside, busy=1 - idle / whole, quiet=quiet["serve"], alone=figures["alone"], serve=figures["serve"])
        rounds.append((figures["serve"]["p99_ms"] - figures["alone"]["p99_ms"], figures["serve"]["p99_ms"] - quiet["serve"]["p99_ms"], beside / alone))
    say(row=12, adds_p99_ms=statistics.median(it[0] for it in rounds), over_quiet_p99_ms=statistics.median(it[1] for it in rounds), goal_ms=5.0,
        import_ratio=statistics.median(it[2] for it in rounds), goal_ratio=1.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "target/release/gradpass"), help="built with --release")
    parser.add_argument("--folder", default=os.path.join(ROOT, "target/bench"), help="on the disk that is to be measured")
    parser.add_argument("--rows", type=int, default=1_000_000, help="new graduates of the import")
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=4, help="of a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--import-rounds", type=int, default=5)
    parser.add_argument("--burst", type=int, default=50000, help="codes at hand for a round at saturation")
    parser.add_argument("--codes", type=int, help="graduates invited beforehand")
    parser.add_argument("--only", default="latency,saturation,import")
    given = parser.parse_args()
    given.program, given.folder = os.path.abspath(given.program), os.path.abspath(given.folder)
    only = given.only.split(",")
    os.makedirs(given.folder, exist_ok=True)
    count = given.rounds * (given.rate * given.seconds * ("latency" in only) + given.burst * ("saturation" in only))
    count += 60_000 * ("import" in only)
    for port in (SEEK, PROXY, DIRECT, SERVE):
        if listens(port):
            raise SystemExit(f"port {port} is taken")
    desk = nginx = None
    try:
        desk = Desk(given, given.codes or count)
        os.chmod(desk.folder, 0o755)
        with open(desk.path("nginx.conf"), "w") as file:
            file.write(NGINX.format(d=desk.folder, seek=SEEK, proxy=PROXY, direct=DIRECT))
        nginx = subprocess.Popen(["nginx", "-p", desk.folder, "-c", desk.path("nginx.conf")], stderr=subprocess.DEVNULL)
        wait_for(SEEK, nginx)
        desk.serve()
        if "latency" in only:
            latency(desk, given)
        if "saturation" in only:
            saturation(desk, given)
        if "import" in only:
            import_beside(desk, given)
    finally:
        if desk:
            desk.stop()
        if nginx:
            nginx.terminate()
            nginx.wait(10)
        if desk:
            desk.remove()


if __name__ == "__main__":
    main()
