#!/usr/bin/env python3
"""attack.py [--only guessing,timing,slow,idle,bodies,smuggling,forgery,headers] - attacks the redemption page of the real `serve`, one
part after the other. Prints what each came to; ends with 1 if something was broken. Needs Python 3 and a release build.

 guessing   wrong codes as fast as they go: from one address under forged X-Forwarded-For, behind a proxy, from many networks
 timing     does the time of the answer tell an expired or revoked code from one that never was?
 slow       500 clients with a header byte a second, 100 with a body byte a second, 20 that take no answer; one honest visitor
 idle       10,000 connections that say nothing; one honest visitor
 bodies     10 GB, bodies, extensions and trailers without end, too many and too large headers: the answers, and the memory after
 smuggling  requests with two readings, and a POST /redeem in what is a body in one of them
 forgery    what another site can make a browser send
 headers    of every kind of answer

SEEK Pass is a stand-in without faults. Everything runs on the loopback interface."""
import argparse, asyncio, collections, concurrent.futures, hmac, http.client, os, random, re, resource, select, socket, sqlite3, statistics, struct, sys, threading, time, types

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
import redeem, soak
from deaths import Broken
from university import furnish

SEEK, PAGE = 8389, 8392
FORM = "application/x-www-form-urlencoded"
spread = lambda times: f"p50 {soak.part(times, 0.5):.1f} p99 {soak.part(times, 0.99):.1f} max {soak.part(times, 1):.1f} ms"


class SeekPass(soak.SeekPass):
    """Without faults, as slow as it is told to be."""
    delay = 0

    async def answer(self, head, body):
        await asyncio.sleep(self.delay)
        return await super().answer(head, body)


class World(redeem.Desk):
    """A ledger, the program, and what is asked of both."""

    def start(self, proxies=""):
        """`serve` afresh, with full budgets."""
        self.stop()
        furnish(self.folder, page=PAGE, seek=SEEK, pace=1_000_000)
        with open(self.path("gradpass.toml"), "r+", encoding="utf-8") as file:
            settings = file.read().replace("[web]\n", f"[web]\ntrusted_proxies = [{proxies}]\n")
            file.seek(0); file.write(settings)
        self.serve()

    def change(self, query, rows):
        with sqlite3.connect(self.path("gradpass.db")) as ledger:
            ledger.executemany(query, rows)

    def submissions(self):
        with sqlite3.connect(f"file:{self.path('gradpass.db')}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT count(*) FROM submission").fetchone()[0]

    def size(self):
        memory, files, _ = soak.World.size(self, self.serving.pid)
        return memory, files


class Line:
    """A connection for one request after another."""

    def __init__(self, patience=30):
        self.socket = socket.create_connection(("127.0.0.1", PAGE), patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request):
        self.socket.sendall(request)
        answer = http.client.HTTPResponse(self.socket, method=request.split()[0].decode())
        answer.begin()
        return types.SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())


def request(line, *headers, kind=FORM, body=""):
    length = [f"Content-Type: {kind}", f"Content-Length: {len(body)}"] if body else []
    return ("\r\n".join([f"{line} HTTP/1.1", f"Host: 127.0.0.1:{PAGE}", *headers, *length]) + "\r\n\r\n" + body).encode()


press = lambda code, *headers, **more: request("POST /redeem", *headers, body=f"code={code}", **more)
wrong = lambda: "".join(redeem.SYMBOLS[it] for it in redeem.code())
anywhere = lambda: ".".join(str(random.randrange(11, 99)) for _ in range(4))
behind = lambda address: f"X-Forwarded-For: {address}"


def honest(world, count, every):
    """Redeems on a new connection each time: how long each took, in seconds, and what else than a link was answered."""
    times, other = [], collections.Counter()
    for code in world.take(count):
        began = time.perf_counter()
        try:
            status = Line().ask(press(code)).status
        except (OSError, http.client.HTTPException) as error:
            status = type(error).__name__
        times.append(time.perf_counter() - began)
        if status != 303:
            other[status] += 1
        time.sleep(max(0, every - times[-1]))
    return times, other


async def volley(requests, connections=16):
    """All of them as fast as they go: the answers counted by status, and how many seconds it took."""
    tally, began = collections.Counter(), time.perf_counter()

    async def work():
        client = await redeem.Client(PAGE).open()
        for one in requests:
            tally[int(await client.ask(one))] += 1
        client.writer.close()
    await asyncio.gather(*(work() for _ in range(connections)))
    return tally, time.perf_counter() - began


def guessing(world, broken):
    def guess(what, requests, most, refill, least_of=()):
        tally, seconds = asyncio.run(volley(iter(requests)))
        print(f"guessing, {what}: {tally.total() / seconds:.0f} guesses a second for {seconds:.1f} s, {dict(tally)}", flush=True)
        if not most <= tally[404] <= most + 1 + seconds / refill or set(tally) - {404, 429}:
            broken.append(f"guessing, {what}: {dict(tally)} instead of {most} wrong codes and one more every {refill} s")

    def one(what, line, code, right, *headers):
        answer = line.ask(press(code, *headers))
        print(f"guessing, {what}: {answer.status}")
        if answer.status != right:
            broken.append(f"guessing, {what}: {answer.status} instead of {right}")
        return answer

    world.start()
    typos = [re.sub("(.)$", lambda last: "Z" if last[1] != "Z" else "Y", wrong()) for _ in range(200)]
    tally, _ = asyncio.run(volley(iter([press(it) for it in typos])))
    print(f"guessing, 200 typing mistakes, which cost nothing: {dict(tally)}")
    guess("one client, no proxy, ever new forged X-Forwarded-For", (press(wrong(), behind(anywhere())) for _ in range(5000)), 60, 10)
    line, code, before = Line(), world.take(1)[0], world.submissions()
    closed = one("right code while closed", line, code, 429)
    same = one("wrong code while closed", line, wrong(), 429)
    if closed.body != same.body or world.submissions() != before:
        broken.append("guessing: behind the closed door a right code is not as a wrong one")
    wait = int(closed.headers["Retry-After"])
    time.sleep(wait)
    one(f"right code {wait} s later, as Retry-After says", line, code, 303)

    world.start('"127.0.0.1"')
    forms = ["{}, 198.51.100.7", "{}\r\nX-Forwarded-For: 198.51.100.7", "{},198.51.100.7:4711", "{}, [::ffff:198.51.100.7]:443", "{}, 198.51.100.7, 127.0.0.1"]
    guess("behind a proxy, forged to the left", (press(wrong(), behind(random.choice(forms).format(anywhere()))) for _ in range(5000)), 60, 10)
    hosts = lambda: ":".join(f"{random.randrange(1 << 16):x}" for _ in range(4))
    guess("behind a proxy, ever new hosts of one /64", (press(wrong(), behind(f"2001:db8:7:7:{hosts()}")) for _ in range(5000)), 60, 10)
    line = Line()
    one("right code from the closed address", line, code, 429, behind("192.0.2.1, 198.51.100.7"))
    one("right code from another address", line, world.take(1)[0], 303, behind("198.51.100.8"))

    world.start('"127.0.0.1"')
    asyncio.run(storm(world, broken))


async def storm(world, broken):
    """Ever new networks guess, faster than all of them together may."""
    tally, going, began, first = collections.Counter(), True, time.perf_counter(), []

    async def flood():
        client = await redeem.Client(PAGE).open()
        while going:
            here = anywhere()
            first.append(here)
            tally[int(await client.ask(press(wrong(), behind(here))))] += 1
    floods = [asyncio.create_task(flood()) for _ in range(4)]
    while tally[404] < 3000 and time.perf_counter() < began + 60:
        await asyncio.sleep(0.01)
    spent = time.perf_counter() - began
    client = await redeem.Client(PAGE).open()

    async def come(code, here):
        return int(await client.ask(press(code, behind(here))))
    codes = world.take(120)
    newcomers = collections.Counter([await come(code, anywhere()) for code in codes[:50]])
    before = collections.Counter([await come(code, here) for code, here in zip(codes[50:70], first)])
    failed, after = collections.Counter(), collections.Counter()
    for code in codes[70:]:
        here = anywhere()
        failed[await come(wrong(), here)] += 1
        after[await come(code, here)] += 1
    going = False
    await asyncio.gather(*floods)
    seconds = time.perf_counter() - began
    print(f"guessing, many networks: {tally.total()} guesses in {seconds:.1f} s, budget over all spent after {spent:.1f} s, {dict(tally)}")
    print(f"guessing, in that storm: right codes of newcomers {dict(newcomers)}, of networks that guessed wrong before it {dict(before)},"
          f" wrong ones of newcomers {dict(failed)}, right ones of the same afterwards {dict(after)}", flush=True)
    # ten times a second the door is open for a moment
    answered = tally[404] + failed[404]
    if not 3000 <= answered <= 3001 + 10 * seconds or set(newcomers) != {303} or failed[429] < 45 or after[429] < 45:
        broken.append(f"guessing, many networks: {answered} answered, newcomers {dict(newcomers)}, {dict(failed)}, then {dict(after)}")


def timing(world, broken, blocks=20, each=130):
    """Every kind in random order on one connection, an address for every 50 requests, so that no budget is spent."""
    world.stop()
    digest = lambda code: hmac.digest(b"\7" * 32, b"code\0" + bytes(redeem.SYMBOLS.index(it) for it in code), "sha256")
    codes = {kind: world.take(100) for kind in ("expired", "revoked", "link again")}
    now = int(time.time() * 1000)
    world.change("UPDATE code SET expires_at = ? WHERE hash = ?", [(now - 1000, digest(it)) for it in codes["expired"]])
    # as `revoke` does
    revoked = [(digest(it),) for it in codes["revoked"]]
    world.change("UPDATE invitation SET state = 'revoked' WHERE id = (SELECT invitation_id FROM code WHERE hash = ?)", revoked)
    world.change(f"UPDATE code SET retired_at = {now} WHERE hash = ?", revoked)
    world.start('"127.0.0.1"')
    [Line().ask(press(it)) for it in codes["link again"]]
    kinds, statuses, spent, turn = ["unknown", *codes], collections.Counter(), 0, 0
    times, medians = {kind: [] for kind in kinds}, {kind: [] for kind in kinds}
    for block in range(blocks):
        if spent + 3 * each > 2900:
            world.start('"127.0.0.1"'); spent = 0
        spent += 3 * each
        line = Line()
        for kind in kinds * 5:
            line.ask(press("0"))  # warms up
        order, took = kinds * each, {kind: [] for kind in kinds}
        random.shuffle(order)
        for kind in order:
            turn += 1
            one = press(wrong() if kind == "unknown" else random.choice(codes[kind]), behind(f"198.51.{turn // 50 % 250}.{turn // 12500}"))
            began = time.perf_counter()
            line.socket.sendall(one)
            answer = line.socket.recv(1 << 16)
            took[kind].append(time.perf_counter() - began)
            length = int(re.search(rb"(?i)content-length: *(\d+)", answer)[1])
            while len(answer) < answer.index(b"\r\n\r\n") + 4 + length:
                answer += line.socket.recv(1 << 16)
            statuses[kind, int(answer[9:12])] += 1
        for kind in kinds:
            times[kind] += took[kind]
            medians[kind].append(1000 * statistics.median(took[kind]))
    for kind in kinds:
        print(f"timing, {kind:10} {len(times[kind])} answers: " + " ".join(f"p{share} {soak.part(times[kind], share / 100):.3f}" for share in (10, 50, 90, 99)) + " ms")
    for kind in ("expired", "revoked"):
        differences = sorted(there - never for there, never in zip(medians[kind], medians["unknown"]))
        print(f"timing, {kind} less unknown, medians of {blocks} blocks: least {differences[0]:+.3f} p50 {statistics.median(differences):+.3f}"
              f" most {differences[-1]:+.3f} ms", flush=True)
        if abs(statistics.median(differences)) > 0.3:
            broken.append(f"timing: {kind} codes are told from unknown ones by {statistics.median(differences):+.3f} ms")
    if set(statuses) != {("unknown", 404), ("expired", 404), ("revoked", 404), ("link again", 303)}:
        broken.append(f"timing: {dict(statuses)}")


async def drip(opening, piece):
    """Sends the opening and then a piece a second, until it is cut off: after how many seconds, and what was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PAGE)
    began, answer = time.perf_counter(), b""
    writer.write(opening)
    try:
        while time.perf_counter() < began + 40:
            try:
                more = await asyncio.wait_for(reader.read(1000), 1)
                answer += more
                if not more:
                    break
            except asyncio.TimeoutError:
                writer.write(piece)
    except OSError:
        pass
    writer.close()
    return time.perf_counter() - began, answer[9:12].decode() or "no answer"


def deaf():
    """Asks and asks in one go, and takes no answer: after how many seconds it is cut off."""
    mute = socket.socket()
    mute.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    mute.connect(("127.0.0.1", PAGE))
    mute.setblocking(False)
    began, data = time.perf_counter(), request("GET /") * 200
    while time.perf_counter() < began + 40:
        try:
            mute.send(data)
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return time.perf_counter() - began, "cut"
    return 40, "not cut"


def slow(world, broken):
    async def crowd():
        head = request("POST /redeem", "X-Slow: ")[:-4]
        body = request("POST /redeem", "Content-Length: 5000")
        loop, threads = asyncio.get_running_loop(), concurrent.futures.ThreadPoolExecutor(32)
        drips = [asyncio.create_task(drip(head, b"a")) for _ in range(500)] + [asyncio.create_task(drip(body, b"a")) for _ in range(100)]
        mutes = [loop.run_in_executor(threads, deaf) for _ in range(20)]
        await asyncio.sleep(0.5)
        visitor, size = await loop.run_in_executor(threads, honest, world, 60, 0.15), world.size()
        cut = await asyncio.gather(*drips), await asyncio.gather(*mutes)
        return visitor, size, cut[0][:500], cut[0][500:], cut[1]
    world.start()
    alone, _ = honest(world, 30, 0.05)
    (times, other), (memory, files), *crowds = asyncio.run(crowd())
    print(f"slow, the honest visitor alone: {spread(alone)}, with them: {spread(times)}, other answers {dict(other)}; serve has {memory:.0f} MB, {files} files")
    if other or max(times) > 2:
        broken.append(f"slow: the honest visitor waited {max(times):.1f} s, {dict(other)}")
    for what, most, ends in zip(("a header byte a second", "a body byte a second", "takes no answer"), (12, 17, 25), crowds):
        seconds, how = [it for it, _ in ends], collections.Counter(it for _, it in ends)
        print(f"slow, {what}: {len(ends)} cut off after {min(seconds):.1f} to {max(seconds):.1f} s, {dict(how)}", flush=True)
        if max(seconds) > most:
            broken.append(f"slow, {what}: cut off only after {max(seconds):.1f} s")


def idle(world, broken, count):
    world.start()
    alone, _ = honest(world, 30, 0.05)
    before = world.size()
    crowd, began = [], time.perf_counter()
    reach = lambda most: crowd.extend(socket.create_connection(("127.0.0.1", PAGE), 30) for _ in range(len(crowd), most))
    reach(count - 100)
    opened = time.perf_counter() - began
    (times, other), most = honest(world, 30, 0.02), world.size()
    reach(count + 50)
    (last, refused), full = honest(world, 1, 0), time.perf_counter() - began
    poll, left = select.epoll(), {it.fileno(): it for it in crowd}
    for number in left:
        poll.register(number, select.EPOLLIN | select.EPOLLRDHUP)
    while left and time.perf_counter() < began + 45:
        for number, _ in poll.poll(1):
            poll.unregister(number); left.pop(number).close()
    closed = time.perf_counter() - began
    time.sleep(0.5)
    after = world.size()
    print(f"idle, {count - 100} connections in {opened:.1f} s: serve has {most[0]:.0f} MB and {most[1]} files, before {before[0]:.0f} MB and {before[1]},"
          f" {1024 * (most[0] - before[0]) / count:.1f} KB a connection; after they were closed {after[0]:.0f} MB and {after[1]} files")
    print(f"idle, the honest visitor alone: {spread(alone)}, with them: {spread(times)}, other answers {dict(other)};"
          f" with {count + 50}, more than there may be: {last[0]:.1f} s, at {full:.1f} s, {dict(refused)}")
    print(f"idle, all but {len(left)} closed by serve {closed:.1f} s after the first came", flush=True)
    if left or other or refused or max(times) > 2 or last[0] > 12 or after[1] > before[1] + 5 or most[0] - before[0] > count / 1024 * 40:
        broken.append(f"idle: {len(left)} never closed, honest visitor {max(times):.1f} s and {last[0]:.1f} s {dict(other + refused)}, files {after[1]}, memory {most[0]:.0f} MB")


def pour(opening, piece, most=1 << 26):
    """Sends without listening to the answer, until it is cut off: what was answered, how many bytes went, after how many seconds."""
    line, began, answer, sent, left = Line().socket, time.perf_counter(), b"", 0, opening
    line.setblocking(False)
    try:
        while time.perf_counter() < began + 25:
            readable, writable, _ = select.select([line], [line] if left else [], [], 1)
            if readable:
                more = line.recv(1 << 16)
                answer += more
                if not more:
                    return answer[9:12].decode() or "no answer", sent, time.perf_counter() - began
            elif writable:
                gone = line.send(left); sent += gone
                left = left[gone:] or (piece if sent < most else b"")
    except OSError:
        return answer[9:12].decode() or "cut", sent, time.perf_counter() - began
    return "open: " + answer[9:12].decode(), sent, 25.0


def bodies(world, broken):
    chunked = lambda line: request(line, f"Content-Type: {FORM}", "Transfer-Encoding: chunked")
    chunk, close = b"2000\r\n" + b"a" * 8192 + b"\r\n", "Connection: close"
    large = request("POST /redeem", f"Content-Type: {FORM}", "Content-Length: 10000000000")
    cases = [
        ("Content-Length of 10 GB", "413", large, b"a" * 65536), ("10 GB, asks before it sends", "413", large[:-2] + b"Expect: 100-continue\r\n\r\n", b""),
        ("chunks without end", "413", chunked("POST /redeem"), chunk), ("GET with chunks without end", "200", chunked("GET /"), chunk),
        ("a chunk extension without end", "4..", chunked("POST /redeem") + b"5;", b"a" * 8192),
        ("chunks of one byte, extension of 8 KB", "4..", chunked("POST /redeem"), b"1;" + b"a" * 8192 + b"\r\na\r\n"),
        ("trailers without end", "4..", chunked("POST /redeem") + b"6\r\ncode=0\r\n0\r\n", b"X: " + b"a" * 4096 + b"\r\n"),
        ("a header of 64 KB", "431", request("GET /", "X: " + "a" * 65536), b""), ("10,000 headers", "431", request("GET /", *["X: a"] * 10000), b""),
        ("1,000 headers of 2 bytes", "431", request("GET /", *["X:"] * 1000), b""), ("headers without end", "431", request("GET /")[:-2], b"X: a\r\n" * 100),
        ("a path of 64 KB", "414|431", request("GET /r/" + "a" * 65536), b""), ("a path of 14 KB", "200", request("GET /r/" + "%41" * 4700, close), b""),
        ("a code of 8,000 letters", "422", press("A" * 8000, close), b""), ("4,000 fields", "4..", press("&a" * 4000, close), b""),
        ("a chunk of 2^64", "4..", chunked("POST /redeem") + b"10000000000000000\r\n" + chunk, b""),
    ]
    world.start()
    honest(world, 5, 0.1)
    before = world.size()
    with concurrent.futures.ThreadPoolExecutor(20) as threads:
        for what, right, opening, piece in cases:
            ends = list(threads.map(lambda _: pour(opening, piece), range(20)))
            how = collections.Counter(it for it, _, _ in ends)
            print(f"bodies, {what}, 20 times: {dict(how)}, at most {max(it for _, it, _ in ends) / 1024:.0f} KB went, {max(it for _, _, it in ends):.1f} s,"
                  f" {world.size()[0]:.0f} MB", flush=True)
            # whoever goes on sending may lose the answer to the reset that follows it
            if [it for it in how if it != "cut" and not re.fullmatch(right, it)]:
                broken.append(f"bodies, {what}: {dict(how)} instead of {right}")
    times, other = honest(world, 20, 0.01)
    after = world.size()
    peak = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{world.serving.pid}/status").read())[1]) / 1024
    print(f"bodies, memory before {before[0]:.1f} MB, after {after[0]:.1f} MB, at most {peak:.1f} MB; files {before[1]}, {after[1]}; honest visitor after {spread(times)}")
    if other or after[0] > before[0] + 20 or peak > before[0] + 60 or after[1] > before[1] + 5:
        broken.append(f"bodies: memory {before[0]:.1f} to {after[0]:.1f} MB, at most {peak:.1f} MB, files {after[1]}, {dict(other)}")


def smuggling(world, broken):
    """Each shape has a right code's POST /redeem where one reading sees a body, and an honest request behind it."""
    last = request("GET /healthz", "Connection: close")
    n, chunked = "Content-Length: {n}", "Transfer-Encoding: chunked"
    lines = [[n, chunked], [chunked, n], [n, "Content-Length: 5"], ["Content-Length: 5", n], ["Content-Length: 5, {n}"], ["Content-Length: +5"],
             ["Content-Length: 0x5"], ["Content-Length: 5 5"], [n, "Transfer-Encoding: xchunked"], [n, "Transfer-Encoding: chunked, identity"],
             [n, chunked, "Transfer-Encoding: identity"], [n, "Transfer-Encoding:\r\n chunked"], [n, "X: a\r\n Transfer-Encoding: chunked"],
             [n, "Transfer-Encoding : chunked"], ["Content-Length : 5", n], [n, "Transfer-Encoding: \x0bchunked"], [n, "Transfer-Encoding: chunked\x00"],
             [n, "X: a\nTransfer-Encoding: chunked"], [n, "X: a\rTransfer-Encoding: chunked"], [n, "X: a\r\r\nTransfer-Encoding: chunked"],
             [" Content-Length: 5", n], [n, "Content-Length"]]
    chunks = ["0\n\r\n", "0;a\n\r\n", "0x0\r\n\r\n", "-0\r\n\r\n", "10000000000000000\r\n\r\n", "0\r\nX: a\n\r\n", "1\r\na0\r\n\r\n"]
    head = f"POST /redeem HTTP/1.1\r\nHost: 127.0.0.1:{PAGE}\r\nContent-Type: {FORM}\r\n"
    shapes = []
    for its in lines:
        for where in ("behind", "in"):
            def make(inner, its=its, where=where):
                body, size = ("0\r\n\r\n" + inner, 5 + len(inner)) if where == "behind" else (f"{len(inner):x}\r\n{inner}\r\n0\r\n\r\n", len(f"{len(inner):x}") + 2)
                return head + "\r\n".join(its).format(n=size) + "\r\n\r\n" + body
            shapes.append((f"{' | '.join(its)}, {where} a chunk", make, False))
    shapes += [(f"chunked {it!r}", lambda inner, it=it: head + chunked + "\r\n\r\n" + it + inner, False) for it in chunks]
    shapes += [("HTTP/1.0 and chunked", lambda inner: head.replace("1.1", "1.0") + "Connection: keep-alive\r\n" + chunked + "\r\n\r\n0\r\n\r\n" + inner, False),
               ("two Hosts, with a body", lambda inner: head + f"Host: other.example\r\nContent-Length: {len(inner)}\r\n\r\n" + inner, False),
               ("GET with a body", lambda inner: head.replace("POST /redeem", "GET /") + f"Content-Length: {len(inner)}\r\n\r\n" + inner, False),
               ("Upgrade: h2c, with a body", lambda inner: head + f"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: {len(inner)}\r\n\r\n" + inner, False),
               # these are two requests in every reading, or may be (RFC 9112 §2.2: a lone LF may end a line): not smuggled, and the trial sees them
               ("one behind the other, which is right", lambda inner: head + "Content-Length: 0\r\n\r\n" + inner, True),
               ("one behind the other, LF LF between", lambda inner: f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{PAGE}\r\nX: a\n\n" + inner, None)]
    world.start()
    for what, make, right in shapes:
        before = world.submissions()
        line, answer, is_closed = Line().socket, b"", False
        line.settimeout(0.4)
        try:
            line.sendall(make(press(world.take(1)[0]).decode()).encode("latin-1") + last)
            while more := line.recv(1 << 16):
                answer += more
            is_closed = True
        except socket.timeout:
            pass
        except OSError:
            is_closed = True
        statuses, acted = [it.decode() for it in re.findall(rb"HTTP/1\.[01] (\d+)", answer)], world.submissions() - before
        print(f"smuggling, {what!r}: {' '.join(statuses) or 'nothing'}, {'closed' if is_closed else 'waits for more'}{', ACTED ON' if acted else ''}", flush=True)
        if right is not None and acted != right:
            broken.append(f"smuggling, {what!r}: {acted} submissions, answers {statuses}")


def forgery(world, broken):
    world.start()
    other = "https://other.example"
    cases = [("Origin of another site", [f"Origin: {other}"], {}), ("Origin: null", ["Origin: null"], {}), ("an empty Origin", ["Origin:"], {}),
             ("Sec-Fetch-Site: cross-site", ["Sec-Fetch-Site: cross-site"], {}), ("Sec-Fetch-Site: same-site", ["Sec-Fetch-Site: same-site"], {}),
             ("cross-site, our Origin", ["Sec-Fetch-Site: cross-site", f"Origin: http://127.0.0.1:{PAGE}"], {}),
             ("two Origins", [f"Origin: http://127.0.0.1:{PAGE}", f"Origin: {other}"], {}), ("our host at another port", ["Origin: http://127.0.0.1:1"], {}),
             ("our host as a name's beginning", [f"Origin: http://127.0.0.1:{PAGE}.other.example"], {}),
             ("X-Forwarded-Host of the other site", [f"Origin: {other}", "X-Forwarded-Host: other.example"], {}),
             ("text/plain", [], {"kind": "text/plain"}), ("multipart/form-data", [], {"kind": "multipart/form-data; boundary=a"}), ("JSON", [], {"kind": "application/json"})]
    def shapes(code):
        yield from ((what, press(code, *headers, **more)) for what, headers, more in cases)
        part = f'--a\r\nContent-Disposition: form-data; name="code"\r\n\r\n{code}\r\n--a--\r\n'
        yield "multipart, in parts", request("POST /redeem", kind="multipart/form-data; boundary=a", body=part)
        yield "no content type", press(code).replace(f"Content-Type: {FORM}\r\n".encode(), b"")
        for line in ("GET /redeem?code={}", "HEAD /redeem?code={}", "PUT /redeem?code={}", "POST /redeem?code={}", "POST /r/{}", "GET /r/{}", "POST /"):
            yield line.split("?")[0].format("CODE") + (", code in the address" if "?" in line else ""), request(line.format(code), "X-HTTP-Method-Override: POST", body="" if line[0] in "GH" else f"code={code}" if "?" not in line else "a=b")
    code, before, line = world.take(1)[0], world.submissions(), Line()
    for what, one in shapes(code):
        status, made = line.ask(one).status, world.submissions() - before
        print(f"forgery, {what}: {status}, {made} submissions")
        if made or status == 303:
            broken.append(f"forgery, {what}: {status}, {made} submissions")
            before += made
    ours = line.ask(press(code, "Sec-Fetch-Site: same-origin", "Origin: null")).status
    print(f"forgery, our own form, as browsers send it under no-referrer: {ours}", flush=True)
    if ours != 303:
        broken.append(f"forgery: our own form is answered {ours}")


def headers(world, broken):
    world.start()
    line, code, evil = Line(), world.take(1)[0], "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    world.seek.delay = 3
    waiting = line.ask(press(code))
    path = "/" + re.search(rb'wait/[^"?]+', waiting.body)[0].decode()
    answers = [("waiting, as the answer", 200, waiting), ("waiting", 200, line.ask(request(f"GET {path}"))), ("waiting, still", 200, line.ask(request(f"GET {path}?still")))]
    world.seek.delay = 0
    time.sleep(3)
    asked = [("waiting is over", 303, request(f"GET {path}")), ("redirect", 303, press(code)), ("form", 200, request("GET /")), ("filled in", 200, request(f"GET /r/{code}")),
             ("filled in with HTML", 200, request(f"GET /r/{evil}")), ("wrong code", 404, press(wrong())), ("typing mistake", 422, press(evil)),
             ("other site", 403, press(code, "Origin: null")), ("another's waiting page", 404, request(f"GET {path}0")), ("nothing there", 404, request("GET /admin")),
             ("wrong method", 405, request("DELETE /redeem")), ("OPTIONS", 405, request("OPTIONS /redeem", "Origin: https://other.example", "Access-Control-Request-Method: POST")),
             ("HEAD", 200, request("HEAD /")), ("healthz", 200, request("GET /healthz")), ("metrics", 200, request("GET /metrics")), ("metrics by the proxy", 404, request("GET /metrics", behind("198.51.100.7"))),
             ("robots.txt", 200, request("GET /robots.txt")), ("favicon", 204, request("GET /favicon.ico")), ("style.css", 200, request("GET /style.css")),
             ("two hosts", 400, request("GET /", "Host: other.example")), ("traversal", 404, request("GET /../../gradpass.toml")),
             ("too large", 413, request("POST /redeem", f"Content-Type: {FORM}", "Content-Length: 9000", "Connection: close"))]
    answers += [(what, right, line.ask(one)) for what, right, one in asked]
    list(asyncio.run(volley(iter([press(wrong()) for _ in range(70)]))))
    answers.append(("too many", 429, Line().ask(press(code))))
    for what, right, it in answers:
        told = {name: ", ".join(it.headers.get_all(name, [])) for name in ("Cache-Control", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy")}
        wrong_ones = [name for name, value in told.items() if not re.search({
            "Cache-Control": "^public, max-age=3600$" if what == "style.css" else "^no-store$", "Referrer-Policy": "^no-referrer$", "X-Content-Type-Options": "^nosniff$",
            "X-Frame-Options": "^DENY$", "Content-Security-Policy": "^default-src 'none';.*frame-ancestors 'none'"}[name], value)]
        wrong_ones += [name for name in ("Set-Cookie", "Server", "Access-Control-Allow-Origin", "X-Powered-By") if name in it.headers]
        wrong_ones += ["a script"] * (b"<script" in it.body.lower()) + [f"not {right}"] * (it.status != right)
        print(f"headers, {what}: {it.status}, {told['Cache-Control']}, {told['Referrer-Policy']}, {told['X-Content-Type-Options']}, {told['X-Frame-Options']},"
              f" {'; '.join(told['Content-Security-Policy'].split('; ')[::5])}; {', '.join(wrong_ones) or 'no cookie'}")
        if wrong_ones:
            broken.append(f"headers, {what}: {', '.join(wrong_ones)}: {it.status} {dict(it.headers)}")


def main():
    parts = {it.__name__: it for it in (guessing, timing, slow, idle, bodies, smuggling, forgery, headers)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=f"{ROOT}/target/release/gradpass")
    parser.add_argument("--folder", default=f"{ROOT}/target")
    parser.add_argument("--only", default=",".join(parts))
    parser.add_argument("--idle", type=int, default=10_000, help="connections that say nothing")
    given = parser.parse_args()
    given.program = os.path.abspath(given.program)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if given.idle > hard - 300:
        given.idle = hard - 300
        print(f"only {given.idle} idle connections: this system allows {hard} open files")
    redeem.SEEK, redeem.SERVE = SEEK, PAGE
    for port in (SEEK, PAGE):
        if redeem.listens(port):
            raise SystemExit(f"port {port} is taken")
    seek = SeekPass(types.SimpleNamespace(random=lambda: 0.5))

    async def stand_in():
        async with await asyncio.start_server(seek.serve, "127.0.0.1", SEEK, backlog=1024) as server:
            await server.serve_forever()
    threading.Thread(target=lambda: asyncio.run(stand_in()), daemon=True).start()
    world, broken, began = World(given, 1200), Broken(), time.perf_counter()
    world.seek = seek
    try:
        for name in given.only.split(","):
            parts[name](world, broken, *[given.idle] * (name == "idle"))
        made, taken = world.submissions(), len(seek.people)
        world.stop()
        log = open(world.path("serve.log"), errors="replace").read()
        print(f"{made} submissions, {taken} at SEEK Pass; serve logged {log.count('panicked')} panics, {log.count('ERROR')} errors; {time.perf_counter() - began:.0f} s")
        if made != taken or "panicked" in log or "ERROR" in log:
            broken.append(f"{made} submissions, {taken} at SEEK Pass, log: {[it for it in log.splitlines() if 'panicked' in it or 'ERROR' in it][:5]}")
        print("broken:", len(broken) or "nothing")
        sys.exit(bool(broken))
    finally:
        world.remove()


if __name__ == "__main__":
    main()
