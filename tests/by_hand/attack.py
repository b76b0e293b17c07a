#!/usr/bin/env python3
"""attack.py [--only guessing,timing,slow,idle,bodies,smuggling,forgery,headers] - attacks the redemption page of the real `serve`, one
part after the other. Prints what each came to; ends with 1 if something was broken. Needs Python 3 and a release build.

 guessing   wrong codes as fast as they go: from one address under forged X-Forwarded-For, behind a proxy, from many networks
 timing     does the time of an answer tell an expired or revoked code from one that never was?
 slow       500 clients with a header byte a second, 100 with a body byte a second, 20 that take no answer; one honest visitor
 idle       10,000 connections that say nothing; one honest visitor
 bodies     10 GB, bodies, extensions and trailers without end, too many and too large headers: the answers, and the memory after
 smuggling  requests that can be read in two ways, with a right code's POST /redeem in what is a body in one of them
 forgery    what another site can make a browser send
 headers    of every kind of answer

SEEK Pass is a stand-in without faults. Everything runs on the loopback interface."""
import argparse, asyncio, collections, concurrent.futures, hmac, http.client, os, random, re, resource, select, shutil, socket, sqlite3, statistics, sys, threading, time, types

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
import redeem, soak
from deaths import Broken
from university import furnish

SEEK, PAGE = 8389, 8392
FORM, CHUNKED, PROXY = "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked", '"127.0.0.1"'


class SeekPass(soak.SeekPass):
    """Without faults, as slow as it is told to be."""
    delay = 0

    async def answer(self, head, body):
        await asyncio.sleep(self.delay)
        return await super().answer(head, body)


class World(redeem.Desk):
    """A ledger with codes that are known, the program, and what was broken so far."""
    broken = Broken()

    def tell(self, what, figures, is_right=True):
        print(f"{what}: {figures}", flush=True)
        if not is_right:
            self.broken.append(what)

    def start(self, proxies=""):
        """`serve` afresh, with full budgets."""
        self.stop()
        furnish(self.folder, page=PAGE, seek=SEEK, pace=1_000_000)
        with open(self.path("gradpass.toml"), "r+", encoding="utf-8") as file:
            settings = file.read().replace("[web]\n", f"[web]\ntrusted_proxies = [{proxies}]\n")
            file.seek(0); file.write(settings)
        try:
            self.serve()
        except SystemExit as ended:
            with open(self.path("serve.log"), errors="replace") as log:
                raise SystemExit(f"{ended}: {log.read()[-1000:]}")

    def submissions(self):
        with sqlite3.connect(f"file:{self.path('gradpass.db')}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT count(*) FROM submission").fetchone()[0]

    def size(self):
        """Megabytes, now and at most, and open files."""
        with open(f"/proc/{self.serving.pid}/status") as status:
            most = int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024
        return soak.World.size(self, self.serving.pid)[0], most, len(os.listdir(f"/proc/{self.serving.pid}/fd"))

    def honest(self, count, every):
        """Redeems on a new connection each time: how long each took, in seconds, and what else than a link was answered."""
        times, other = [], collections.Counter()
        for code in self.take(count):
            began = time.perf_counter()
            try:
                status = Line().ask(press(code)).status
            except (OSError, http.client.HTTPException) as error:
                status = type(error).__name__
            times.append(time.perf_counter() - began)
            other[status] += status != 303
            time.sleep(max(0, every - times[-1]))
        return times, dict(+other)


class Line:
    """A connection for one request after another."""

    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PAGE), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request):
        self.socket.sendall(request)
        answer = http.client.HTTPResponse(self.socket, method=request.split()[0].decode())
        answer.begin()
        return types.SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())


def request(line, *headers, body=None):
    length = [] if body is None else [f"Content-Length: {len(body)}"]
    return ("\r\n".join([f"{line} HTTP/1.1", f"Host: 127.0.0.1:{PAGE}", *headers, *length]) + f"\r\n\r\n{body or ''}").encode()


press = lambda code, *headers, kind=FORM: request("POST /redeem", kind, *headers, body=f"code={code}")
wrong = lambda: "".join(redeem.SYMBOLS[it] for it in redeem.code())
anywhere = lambda: ".".join(str(random.randrange(11, 99)) for _ in range(4))
behind = lambda address: f"X-Forwarded-For: {address}"
spread = lambda times: f"p50 {soak.part(times, 0.5):.1f} p99 {soak.part(times, 0.99):.1f} max {soak.part(times, 1):.1f} ms"


async def volley(requests, connections=16):
    """All of them as fast as they go: the answers by status, and how many seconds it took."""
    tally, began = collections.Counter(), time.perf_counter()

    async def work():
        client = await redeem.Client(PAGE).open()
        for one in requests:
            tally[int(await client.ask(one))] += 1
        client.writer.close()
    await asyncio.gather(*(work() for _ in range(connections)))
    return tally, time.perf_counter() - began


def guessing(world):
    def guess(what, address):
        tally, seconds = asyncio.run(volley(press(wrong(), behind(address())) for _ in range(5000)))
        is_right = 60 <= tally[404] <= 61 + seconds / 10 and not set(tally) - {404, 429}
        world.tell(f"guessing, {what}", f"{5000 / seconds:.0f} a second for {seconds:.1f} s, {dict(tally)}", is_right)

    def one(what, code, right, *headers):
        answer = line.ask(press(code, *headers))
        world.tell(f"guessing, {what}", answer.status, answer.status == right)
        return answer
    world.start()
    typos = [it[:-1] + ("Y" if it[-1] == "Z" else "Z") for it in (wrong() for _ in range(200))]
    tally = asyncio.run(volley(press(it) for it in typos))[0]
    world.tell("guessing, typing mistakes, which cost nothing", dict(tally), set(tally) == {422})
    guess("no proxy, ever new forged addresses", anywhere)
    line, code, before = Line(), world.take(1)[0], world.submissions()
    closed, same = one("a right code while closed", code, 429), one("a wrong code while closed", wrong(), 429)
    is_same, made = closed.body == same.body, world.submissions() - before
    world.tell("guessing, of these two", f"{'the same page' if is_same else 'two pages'}, {made} submissions", is_same and not made)
    time.sleep(int(closed.headers["Retry-After"]))
    line = Line()  # serve closes one that rested for 10 s
    one(f"the right code after the {closed.headers['Retry-After']} s of Retry-After", code, 303)
    world.start(PROXY)
    real = ["{}, 198.51.100.7", "{}\r\nX-Forwarded-For: 198.51.100.7", "{},198.51.100.7:4711", "{}, [::ffff:198.51.100.7]:443", "{}, 198.51.100.7, 127.0.0.1"]
    guess("behind a proxy, forged addresses left of the real one", lambda: random.choice(real).format(anywhere()))
    guess("behind a proxy, ever new hosts of one /64", lambda: f"2001:db8:7:7:{':'.join(f'{random.randrange(1 << 16):x}' for _ in range(4))}")
    line = Line()
    one("a right code from the closed address", world.take(1)[0], 429, behind("192.0.2.1, 198.51.100.7"))
    one("a right code from another address", world.take(1)[0], 303, behind("198.51.100.8"))
    world.start(PROXY)
    asyncio.run(storm(world))


async def storm(world):
    """Ever new networks guess, faster than all of them together may; meanwhile others come with right and wrong codes."""
    tally, going, began, earlier = collections.Counter(), True, time.perf_counter(), []

    async def come(client, code, here):
        return int(await client.ask(press(code, behind(here))))

    async def flood():
        client = await redeem.Client(PAGE).open()
        while going:
            earlier.append(anywhere())
            tally[await come(client, wrong(), earlier[-1])] += 1
    floods = [asyncio.create_task(flood()) for _ in range(4)]
    while tally[404] < 3000 and time.perf_counter() < began + 60:
        await asyncio.sleep(0.01)
    spent, client, codes = time.perf_counter() - began, await redeem.Client(PAGE).open(), world.take(120)
    newcomers = collections.Counter([await come(client, code, anywhere()) for code in codes[:50]])
    known = collections.Counter([await come(client, code, here) for code, here in zip(codes[50:70], earlier)])
    failed, after = collections.Counter(), collections.Counter()
    for code, here in [(code, anywhere()) for code in codes[70:]]:
        failed[await come(client, wrong(), here)] += 1
        after[await come(client, code, here)] += 1
    going = False
    await asyncio.gather(*floods)
    answered, seconds = tally[404] + failed[404], time.perf_counter() - began
    world.tell("guessing, from many networks", f"{tally.total()} in {seconds:.1f} s, budget over all spent after {spent:.1f} s, {dict(tally)}",
               3000 <= answered <= 3001 + 10 * seconds)
    # ten times a second the door is open for a moment
    world.tell("guessing, in that storm", f"right codes of newcomers {dict(newcomers)}, of who guessed wrong before it {dict(known)},"
               f" wrong codes of newcomers {dict(failed)}, then their right ones {dict(after)}", set(newcomers) == {303} and min(failed[429], after[429]) >= 45)


def timing(world, blocks=20, each=130):
    """All kinds in random order on one connection; ever new addresses and a new `serve` now and then, so that no budget is spent."""
    world.stop()
    codes, now, turn = {kind: world.take(100) for kind in ("expired", "revoked", "link again")}, int(time.time() * 1000), 0
    digest = lambda code: hmac.digest(b"\7" * 32, b"code\0" + bytes(redeem.SYMBOLS.index(it) for it in code), "sha256")
    with sqlite3.connect(world.path("gradpass.db")) as ledger:
        ledger.executemany("UPDATE code SET expires_at = ? WHERE hash = ?", [(now - 1000, digest(it)) for it in codes["expired"]])
        for code in map(digest, codes["revoked"]):  # as `revoke` does
            ledger.execute("UPDATE invitation SET state = 'revoked' WHERE id = (SELECT invitation_id FROM code WHERE hash = ?)", [code])
            ledger.execute("UPDATE code SET retired_at = ? WHERE hash = ?", [now, code])
    kinds, statuses = ["unknown", *codes], collections.Counter()
    times, medians = {kind: [] for kind in kinds}, {kind: [] for kind in kinds}
    for block in range(blocks):
        if block % 7 == 0:
            world.start(PROXY)
        line, order = Line(), kinds * each
        for code in codes["link again"]:
            line.ask(press(code))
        random.shuffle(order)
        for kind in order:
            turn += 1
            one = press(wrong() if kind == "unknown" else random.choice(codes[kind]), behind(f"198.51.{turn // 50 % 250}.{turn // 12500}"))
            began = time.perf_counter()
            line.socket.sendall(one)
            answer = line.socket.recv(1 << 16)  # a page is small and comes in one piece
            times[kind].append(time.perf_counter() - began)
            statuses[kind, int(answer[9:12])] += 1
        for kind in kinds:
            medians[kind].append(1000 * statistics.median(times[kind][-each:]))
    for kind in kinds:
        shares = " ".join(f"p{share} {soak.part(times[kind], share / 100):.3f}" for share in (10, 50, 90, 99))
        world.tell(f"timing, {kind}", f"{len(times[kind])} answers, {shares} ms")
    for kind in ("expired", "revoked"):
        it = sorted(there - never for there, never in zip(medians[kind], medians["unknown"]))
        world.tell(f"timing, {kind} less unknown, medians of {blocks} blocks", f"least {it[0]:+.3f} p50 {statistics.median(it):+.3f} most {it[-1]:+.3f} ms",
                   abs(statistics.median(it)) <= 0.3)
    if set(statuses) != {("unknown", 404), ("expired", 404), ("revoked", 404), ("link again", 303)}:
        world.tell("timing, other answers", dict(statuses), False)


def feed(opening, piece, every=0, takes=True):
    """Sends the opening and then the piece over and over, as fast as it goes or every so many seconds, until it is cut off: what was
    answered, how many bytes went, and after how many seconds it ended."""
    line, began, answer, sent, left = socket.socket(), time.perf_counter(), b"", 0, opening
    if not takes:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", PAGE))
    line.setblocking(False)
    try:
        while time.perf_counter() < began + 40:
            readable, writable, _ = select.select([line] * takes, [line] if left else [], [], every or 1)
            if readable:
                more = line.recv(1 << 16)
                answer += more
                if not more:
                    return answer[9:12].decode() or "closed", sent, time.perf_counter() - began
            elif writable:
                gone = line.send(left)
                left, sent = left[gone:], sent + gone
            if not left and (not every or not readable and not writable):
                left = piece
        return "open", sent, 40.0
    except OSError:
        return answer[9:12].decode() or "cut", sent, time.perf_counter() - began
    finally:
        line.close()


def slow(world):
    crowds = [("a header byte a second", 500, 12, "closed", request("POST /redeem", "X-Slow: ")[:-4], b"a", 1),
              ("a body byte a second", 100, 17, "408", request("POST /redeem", FORM, "Content-Length: 5000"), b"a", 1),
              ("takes no answer", 20, 25, "cut", request("GET /"), request("GET /") * 200, 0, False)]
    world.start()
    alone, _ = world.honest(30, 0.05)
    with concurrent.futures.ThreadPoolExecutor(620) as threads:
        ends = [[threads.submit(feed, *feeding) for _ in range(count)] for _, count, _, _, *feeding in crowds]
        time.sleep(0.5)
        times, other = world.honest(60, 0.15)
        memory, _, files = world.size()
        world.tell("slow, the honest visitor", f"alone {spread(alone)}, with them {spread(times)}, other answers {other}; serve has {memory:.0f} MB and {files} files",
                   not other and max(times) < 2)
        for (what, _, most, right, *_), its in zip(crowds, ends):
            its = [it.result() for it in its]
            seconds, how = [it for _, _, it in its], collections.Counter(it for it, _, _ in its)
            # a byte that meets the end halfway is answered with a reset
            world.tell(f"slow, {what}", f"{len(its)} cut off after {min(seconds):.1f} to {max(seconds):.1f} s, {dict(how)}",
                       max(seconds) <= most and set(how) <= {right, "cut"} and how[right] > len(its) / 2)


def idle(world, count):
    world.start()
    alone, _ = world.honest(30, 0.05)
    before, crowd, began = world.size(), [], time.perf_counter()

    def reach(most):
        while len(crowd) < most:
            if len(crowd) % 20 == 0:
                time.sleep(0.003)  # the system keeps only so many that serve has not taken yet: who comes then knocks again after a second
            crowd.append(socket.create_connection(("127.0.0.1", PAGE), 30))
    reach(count - 100)
    opened = time.perf_counter() - began
    (times, other), most = world.honest(30, 0.02), world.size()
    reach(count + 50)  # more than serve takes at once: the next waits until the first are cut off
    last, refused = world.honest(1, 0)
    poll, left = select.epoll(), {it.fileno(): it for it in crowd}
    for number in left:
        poll.register(number, select.EPOLLIN | select.EPOLLRDHUP)
    while left and time.perf_counter() < began + 60:
        for number, _ in poll.poll(1):
            poll.unregister(number); left.pop(number).close()
    closed = time.perf_counter() - began
    time.sleep(0.5)
    after = world.size()
    world.tell(f"idle, {count - 100} connections in {opened:.1f} s", f"{most[0]:.0f} MB and {most[2]} files, before {before[0]:.0f} MB and {before[2]},"
               f" {1024 * (most[0] - before[0]) / count:.1f} KB each, afterwards {after[0]:.0f} MB and {after[2]}",
               most[0] - before[0] < count * 40 / 1024 and after[2] <= before[2] + 5)
    world.tell("idle, the honest visitor", f"alone {spread(alone)}, with them {spread(times)}, {other}; behind {count + 50} {last[0]:.1f} s, {refused}",
               not other and not refused and max(times) < 2 and last[0] < 12)
    world.tell("idle, all closed by serve", f"{len(left)} left {closed:.1f} s after the first came", not left)


def bodies(world):
    chunked = lambda line: request(line, FORM, CHUNKED)
    large, full = request("POST /redeem", FORM, "Content-Length: 10000000000"), b"2000\r\n" + b"a" * 8192 + b"\r\n"
    cases = [("Content-Length of 10 GB", "413", large, b"a" * 65536), ("10 GB, asks before it sends", "413", large[:-2] + b"Expect: 100-continue\r\n\r\n", b""),
             ("chunks without end", "413", chunked("POST /redeem"), full), ("GET with chunks without end", "200", chunked("GET /"), full),
             ("a chunk extension without end", "4..", chunked("POST /redeem") + b"5;", b"a" * 8192),
             ("chunks of a byte, extensions of 8 KB", "4..", chunked("POST /redeem"), b"1;" + b"a" * 8192 + b"\r\na\r\n"),
             ("trailers without end", "4..", chunked("POST /redeem") + b"6\r\ncode=0\r\n0\r\n", b"X: " + b"a" * 4096 + b"\r\n"),
             ("a header of 64 KB", "431", request("GET /", "X: " + "a" * 65536), b""), ("10,000 headers", "431", request("GET /", *["X: a"] * 10000), b""),
             ("1,000 empty headers", "431", request("GET /", *["X:"] * 1000), b""), ("headers without end", "431", request("GET /")[:-2], b"X: a\r\n" * 100),
             ("a path of 64 KB", "414|431", request("GET /r/" + "a" * 65536), b""), ("a path of 14 KB", "200", request("GET /r/" + "%41" * 4700, "Connection: close"), b""),
             ("a code of 8,000 letters", "422", press("A" * 8000, "Connection: close"), b""), ("4,000 fields", "4..", press("&a" * 4000, "Connection: close"), b""),
             ("a chunk of 2^64", "4..", chunked("POST /redeem") + b"10000000000000000\r\n" + full, b"")]
    world.start()
    world.honest(5, 0.1)
    before = world.size()
    with concurrent.futures.ThreadPoolExecutor(20) as threads:
        for what, right, opening, piece in cases:
            ends = list(threads.map(lambda _: feed(opening, piece), range(20)))
            how = collections.Counter(it for it, _, _ in ends)
            figures = f"{dict(how)}, at most {max(it for _, it, _ in ends) / 1024:.0f} KB went and {max(it for _, _, it in ends):.1f} s, serve has {world.size()[0]:.0f} MB"
            # who goes on sending may lose the answer to the reset that follows it
            world.tell(f"bodies, {what}, 20 times", figures, all(it == "cut" or re.fullmatch(right, it) for it in how) and how["cut"] < 20)
    (times, other), after = world.honest(20, 0.01), world.size()
    world.tell("bodies, memory", f"{before[0]:.1f} MB before, {after[0]:.1f} MB after, {after[1]:.1f} MB at most; files {before[2]}, {after[2]}; honest visitor {spread(times)} {other}",
               not other and after[0] < before[0] + 20 and after[1] < before[0] + 60 and after[2] <= before[2] + 5)


def smuggling(world):
    """Each shape has an honest request behind it. N is the length of all that follows, or up to the end of a chunk's size."""
    lines = ["Content-Length: N|T: chunked", "T: chunked|Content-Length: N", "Content-Length: N|Content-Length: 5", "Content-Length: 5|Content-Length: N",
             "Content-Length: 5, N", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5 5", "Content-Length : 5|Content-Length: N", " Content-Length: 5|Content-Length: N",
             "Content-Length: N|T: xchunked", "Content-Length: N|T: chunked, identity", "Content-Length: N|T: chunked|T: identity", "Content-Length: N|T : chunked",
             "Content-Length: N|T:\r\n chunked", "Content-Length: N|X: a\r\n T: chunked", "Content-Length: N|T: \x0bchunked", "Content-Length: N|T: chunked\x00",
             "Content-Length: N|X: a\nT: chunked", "Content-Length: N|X: a\rT: chunked", "Content-Length: N|X: a\r\r\nT: chunked"]
    ends = ["0\n\r\n", "0;a\n\r\n", "0x0\r\n\r\n", "-0\r\n\r\n", "10000000000000000\r\n\r\n", "0\r\nX: a\n\r\n", "1\r\na0\r\n\r\n"]
    host = f"Host: 127.0.0.1:{PAGE}\r\n"
    head, get = f"POST /redeem HTTP/1.1\r\n{host}{FORM}\r\n", f"GET / HTTP/1.1\r\n{host}"

    def shapes(inner):
        """What it is, how it is written, and how many submissions it is to make."""
        size, length = f"{len(inner):x}\r\n", f"Content-Length: {len(inner)}\r\n\r\n"
        for it in lines:
            write = lambda n: head + it.replace("T:", "Transfer-Encoding:").replace("T :", "Transfer-Encoding :").replace("N", str(n)).replace("|", "\r\n") + "\r\n\r\n"
            yield f"{it!r}, behind chunks", write(5 + len(inner)) + "0\r\n\r\n" + inner, 0
            yield f"{it!r}, in a chunk", write(len(size)) + size + inner + "\r\n0\r\n\r\n", 0
        yield from ((f"chunks end in {it!r}", head + CHUNKED + "\r\n\r\n" + it + inner, 0) for it in ends)
        yield "HTTP/1.0 and chunked", head.replace("1.1", "1.0") + "Connection: keep-alive\r\n" + CHUNKED + "\r\n\r\n0\r\n\r\n" + inner, 0
        yield "body of a GET", get + length + inner, 0
        yield "body under two Hosts", head + "Host: other.example\r\n" + length + inner, 0
        yield "body under Upgrade: h2c", head + "Connection: Upgrade\r\nUpgrade: h2c\r\n" + length + inner, 0
        # these are no bodies: a lone LF may end a line (RFC 9112 §2.2). They show that what is acted on is seen
        yield "simply the next request", head + "Content-Length: 0\r\n\r\n" + inner, 1
        yield "the next request after LF LF", get + "X: a\n\n" + inner, 1
    world.start()
    for number in range(len(list(shapes("")))):
        what, text, right = list(shapes(press(world.take(1)[0]).decode()))[number]
        before, line, answer, end = world.submissions(), Line().socket, b"", "closed"
        line.settimeout(0.4)
        try:
            line.sendall(text.encode("latin-1") + request("GET /healthz", "Connection: close"))
            while more := line.recv(1 << 16):
                answer += more
        except socket.timeout:
            end = "waits for more"
        except OSError:
            pass
        made = world.submissions() - before
        statuses = " ".join(it.decode() for it in re.findall(rb"HTTP/1\.[01] (\d+)", answer))
        world.tell(f"smuggling, {what}", f"{statuses or 'nothing'}, {end}" + ", acted on" * made, made == right)


def forgery(world):
    ours, other, code = f"Origin: http://127.0.0.1:{PAGE}", "Origin: https://other.example", world.take(1)[0]
    sent = [[other], ["Origin: null"], ["Origin:"], ["Sec-Fetch-Site: cross-site"], ["Sec-Fetch-Site: same-site"], ["Sec-Fetch-Site: cross-site", ours], [ours, other],
            ["Origin: http://127.0.0.1:1"], [ours + ".example"], [other, "X-Forwarded-Host: other.example"], [other, "Forwarded: host=other.example"]]
    cases = [(" ".join(it), press(code, *it)) for it in sent]
    cases += [(it, press(code, kind=it)) for it in ("Content-Type: text/plain", "Content-Type: multipart/form-data; boundary=a", "Content-Type: application/json", "Content-Type:")]
    part = f'--a\r\nContent-Disposition: form-data; name="code"\r\n\r\n{code}\r\n--a--\r\n'
    cases += [("multipart, in parts", request("POST /redeem", "Content-Type: multipart/form-data; boundary=a", body=part)), ("no content type", request("POST /redeem", body=f"code={code}"))]
    cases += [(it.format("CODE"), request(it.format(code), "X-HTTP-Method-Override: POST")) for it in ("GET /redeem?code={}", "HEAD /redeem?code={}", "GET /r/{}", "POST /redeem?code={}")]
    cases += [(f"{it}, code in the body", request(it, FORM, body=f"code={code}")) for it in ("PUT /redeem", "GET /redeem", "POST /", "POST /r/x")]
    world.start()
    line, before = Line(), world.submissions()
    for what, one in cases:
        answer, made = line.ask(one), world.submissions() - before
        # GET /redeem leads home
        world.tell(f"forgery, {what}", f"{answer.status}, {made} submissions", not made and (answer.status != 303 or answer.headers["location"] == "/"))
    status = line.ask(press(code, "Sec-Fetch-Site: same-origin", "Origin: null")).status
    world.tell("forgery, none: our own form, as browsers send it of users who hide where they were", status, status == 303)


def headers(world):
    world.start()
    line, code, evil = Line(), world.take(1)[0], "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    world.seek.delay = 3
    waiting = line.ask(press(code))
    path = "/" + re.search(rb'wait/[^"?]+', waiting.body)[0].decode()
    answers = [("waiting, at once", 200, waiting), ("waiting", 200, line.ask(request(f"GET {path}"))), ("waiting, still", 200, line.ask(request(f"GET {path}?still")))]
    world.seek.delay = 0
    time.sleep(3)
    asked = [("waiting is over", 303, request(f"GET {path}")), ("redirect", 303, press(code)), ("form", 200, request("GET /")), ("filled in", 200, request(f"GET /r/{code}")),
             ("filled in with HTML", 200, request(f"GET /r/{evil}")), ("typing mistake with HTML", 422, press(evil)), ("wrong code", 404, press(wrong())),
             ("other site", 403, press(code, "Origin: null")), ("another's waiting page", 404, request(f"GET {path}0")), ("nothing there", 404, request("GET /admin")),
             ("wrong method", 405, request("DELETE /redeem")), ("HEAD", 200, request("HEAD /")), ("healthz", 200, request("GET /healthz")), ("metrics", 200, request("GET /metrics")),
             ("preflight", 405, request("OPTIONS /redeem", "Origin: https://other.example", "Access-Control-Request-Method: POST")),
             ("metrics by the proxy", 404, request("GET /metrics", behind("198.51.100.7"))), ("robots.txt", 200, request("GET /robots.txt")), ("favicon", 204, request("GET /favicon.ico")),
             ("style.css", 200, request("GET /style.css")), ("two hosts", 400, request("GET /", "Host: other.example")), ("traversal", 404, request("GET /../../gradpass.toml")),
             ("too large", 413, request("POST /redeem", FORM, "Content-Length: 9000", "Connection: close"))]
    answers += [(what, right, line.ask(one)) for what, right, one in asked]
    asyncio.run(volley(press(wrong()) for _ in range(70)))
    answers.append(("too many", 429, Line().ask(press(code))))
    wanted = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
              "Content-Security-Policy": r"default-src 'none';.*frame-ancestors 'none'", "Set-Cookie": "", "Server": "", "Access-Control-Allow-Origin": ""}
    for what, right, it in answers:
        told = {name: ", ".join(it.headers.get_all(name, [])) for name in wanted}
        odd = [name for name, value in told.items() if not re.fullmatch("public, max-age=3600" if (what, name) == ("style.css", "Cache-Control") else wanted[name], value)]
        odd += ["a script"] * (b"<script" in it.body.lower()) + [f"not {right}"] * (it.status != right)
        figures = ", ".join([str(it.status), *list(told.values())[:4], told["Content-Security-Policy"].rpartition("; ")[2]])
        world.tell(f"headers, {what}", f"{figures}; wrong: {', '.join(odd)}" if odd else f"{figures}, no cookie", not odd)


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
    if given.idle > hard - 80:
        given.idle = hard - 80
        print(f"only {given.idle} idle connections: this system allows {hard} open files")
    redeem.SEEK, redeem.SERVE = SEEK, PAGE
    if redeem.listens(SEEK) or redeem.listens(PAGE):
        raise SystemExit(f"port {SEEK} or {PAGE} is taken")
    seek = SeekPass(random.Random())
    seek.chance.random = lambda: 0.5  # no fault

    async def stand_in():
        async with await asyncio.start_server(seek.serve, "127.0.0.1", SEEK) as server:
            await server.serve_forever()
    threading.Thread(target=lambda: asyncio.run(stand_in()), daemon=True).start()
    world, began = World(given, 1000), time.perf_counter()
    world.seek = seek
    # its own, since somebody may build another meanwhile
    world.program = shutil.copy(given.program, world.path("gradpass"))
    try:
        for name in given.only.split(","):
            parts[name](world, *[given.idle] * (name == "idle"))
        made = world.submissions()
        world.stop()
        with open(world.path("serve.log"), errors="replace") as log:
            errors = [it for it in log if "panicked" in it or "ERROR" in it]
        world.tell("in all", f"{made} submissions, {len(seek.people)} at SEEK Pass; serve logged {errors or 'no error'}; {time.perf_counter() - began:.0f} s",
                   made == len(seek.people) and not errors)
        print("broken:", list(world.broken) or "nothing")
        sys.exit(bool(world.broken))
    finally:
        world.remove()


if __name__ == "__main__":
    main()
