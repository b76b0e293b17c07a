#!/usr/bin/env python3
"""soak.py [--minutes 30] - `serve` under 200 redemptions a second against a SEEK Pass with faults, and in the middle of it an import of
100,000 graduates and a send of 20,000 mails. Prints the figures every minute; ends with 1 if anybody was left without a link, had two,
was told of an error, or memory or file descriptors grew. Needs Python 3, Debian's postfix (smtp-sink) and a release build.

SEEK Pass answers one call in 200 with 500 and one in 5,000 with 429 (everybody waits a second then), hangs up on one in 500 after it has
taken it and on one in 500 before, and is silent for 3 s on one in 1,000. Everything runs on the loopback interface."""
import argparse, asyncio, collections, json, os, random, re, shutil, sqlite3, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
import redeem
from university import furnish, roster

SEEK, PAGE, SINK = 8289, 8292, 8226


class SeekPass:
    """Counts what it took, by id."""

    def __init__(self, chance):
        self.chance, self.people, self.faults = chance, {}, collections.Counter()

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                body = await reader.readexactly(int(length[1])) if length else b""
                answer = await self.answer(head, body)
                if answer is None:
                    break
                status, told, more = answer
                data = json.dumps(told).encode()
                writer.write(f"HTTP/1.1 {status} it\r\nContent-Type: application/json\r\n{more}Content-Length: {len(data)}\r\n\r\n".encode() + data)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def answer(self, head, body):
        if b"/oauth/" in head:
            return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 3600}, ""
        fault = self.chance.random()
        if fault < 0.005:
            self.faults["500"] += 1
            return 500, {}, ""
        if fault < 0.0052:
            self.faults["429"] += 1
            return 429, {}, "Retry-After: 1\r\n"
        if fault < 0.0072:
            self.faults["hung up before"] += 1
            return None
        if fault < 0.0082:
            self.faults["silent"] += 1
            await asyncio.sleep(3)
        told = json.loads(body)
        self.people.setdefault(told["id"], told["data"]["credential"]["full_name"])
        if fault > 0.998:
            self.faults["hung up after"] += 1
            return None
        return 201, {"redirect_uri": "https://pass.example/" + told["id"]}, ""


class Graduate:
    """Presses the button, and looks at the waiting page as often as it asks to, until there is a link."""
    pool = []

    def __init__(self, code, tally):
        self.code, self.tally = code, tally

    async def ask(self, method, path, body=""):
        while Graduate.pool:
            try:
                return await self.over(Graduate.pool.pop(), method, path, body)
            except (asyncio.IncompleteReadError, ConnectionError):
                pass  # it was closed while it rested
        return await self.over(await asyncio.open_connection("127.0.0.1", PAGE), method, path, body)

    async def over(self, connection, method, path, body):
        reader, writer = connection
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{PAGE}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                     f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        page = await reader.readexactly(int(length[1])) if length else b""
        if b"onnection: close" in head:
            writer.close()
        else:
            Graduate.pool.append((reader, writer))
        location = re.search(rb"(?i)location: *(\S+)", head)
        return int(head[9:12]), location and location[1].decode(), page

    async def come(self, due):
        try:
            status, location, page = await self.ask("POST", "/redeem", f"code={self.code}")
            first = time.perf_counter() - due
            self.tally.waits.append(first)
            while not (location or "").startswith("https://pass.example/"):
                if status == 303:
                    status, location, page = await self.ask("GET", location.split(str(PAGE), 1)[-1])
                    continue
                if status != 200:
                    self.tally.wrong[status] += 1
                    return
                refresh = re.search(rb'http-equiv="refresh" content="(\d+)', page)
                await asyncio.sleep(int(refresh[1]) if refresh else 1)
                self.tally.waited += 1
                path = re.search(rb'/(wait/[^"?]+)', page)
                status, location, page = await self.ask("GET", "/" + path[1].decode()) if path else await self.ask("POST", "/redeem", f"code={self.code}")
            self.tally.links[self.code] = location
            self.tally.ends.append(time.perf_counter() - due)
        except (asyncio.IncompleteReadError, ConnectionError, OSError) as error:
            self.tally.wrong[type(error).__name__] += 1


class Tally:
    def __init__(self):
        self.waits, self.ends, self.links, self.wrong, self.waited = [], [], {}, collections.Counter(), 0


def part(times, share):
    times = sorted(times)
    return 1000 * times[min(len(times) - 1, int(len(times) * share))] if times else 0


async def aside(world, tally, minutes):
    """The import and the send, in the middle."""
    await asyncio.sleep(minutes * 60 / 3)
    for name, command in (("import", ["import", "more.csv"]), ("send", ["send"])):
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(world.program, *command, cwd=world.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, error = await process.communicate()
        tally.aside[name] = process.returncode
        print(f"{name}: exit {process.returncode} after {time.perf_counter() - began:.1f} s: {out.decode().splitlines()[0]} {error.decode()[-300:]}", flush=True)


async def soak(world, codes, rate, minutes, chance):
    seek, tally = SeekPass(chance), Tally()
    tally.aside = {}
    server = await asyncio.start_server(seek.serve, "127.0.0.1", SEEK)
    serving = world.serve()
    besides = asyncio.create_task(aside(world, tally, minutes))
    began, samples, going = time.perf_counter(), [], set()
    for turn, code in enumerate(codes):
        due = began + turn / rate
        if due > time.perf_counter():
            await asyncio.sleep(due - time.perf_counter())
        task = asyncio.create_task(Graduate(code, tally).come(due)); going.add(task); task.add_done_callback(going.discard)
        if turn % (rate * 60) == rate * 60 - 1:
            samples.append(world.size(serving.pid))
            print(f"minute {len(samples)}: {len(tally.links)} links, {len(going)} under way, first answer p50 {part(tally.waits, 0.5):.1f} ms"
                  f" p99 {part(tally.waits, 0.99):.0f} ms max {part(tally.waits, 1):.0f} ms, {samples[-1][0]:.1f} MB, {samples[-1][1]} files,"
                  f" wal {samples[-1][2]:.1f} MB, wrong {dict(tally.wrong)}", flush=True)
            tally.waits.clear()
    await asyncio.wait_for(besides, 600)
    if going:
        await asyncio.wait(going, timeout=300)
    # the same again: the same link
    for code in chance.sample(codes, 500):
        status, location, _ = await Graduate(code, tally).ask("POST", "/redeem", f"code={code}")
        if location != tally.links.get(code):
            tally.wrong["another link"] += 1
    server.close()
    serving.terminate()
    return seek, tally, samples, serving.wait(30), len(going)


class World:
    def __init__(self, program, folder, count):
        self.program, self.folder = program, tempfile.mkdtemp(prefix="soak-", dir=folder)
        furnish(self.folder, SINK, "connections = 4\nper_day = 20000", PAGE, SEEK, 2000)
        roster(self.path("invited.csv"), count)
        roster(self.path("more.csv"), count + 100_000)
        subprocess.run([program, "import", "invited.csv"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.codes = redeem.Desk.mailed(self)

    def path(self, name):
        return os.path.join(self.folder, name)

    def serve(self):
        self.log = open(self.path("serve.log"), "wb")
        serving = subprocess.Popen([self.program, "serve"], cwd=self.folder, stdout=self.log, stderr=self.log)
        redeem.wait_for(PAGE, serving)
        return serving

    def size(self, pid):
        with open(f"/proc/{pid}/status") as status:
            memory = int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024
        log = self.path("gradpass.db-wal")
        return memory, len(os.listdir(f"/proc/{pid}/fd")), os.path.getsize(log) / 1e6 if os.path.exists(log) else 0

    def count(self, query):
        with sqlite3.connect(f"file:{self.path('gradpass.db')}?mode=ro", uri=True) as ledger:
            return ledger.execute(query).fetchall()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--program", default=f"{ROOT}/target/release/gradpass")
    parser.add_argument("--folder", default=f"{ROOT}/target")
    given = parser.parse_args()
    print("seed", given.seed, flush=True)
    chance, count = random.Random(given.seed), int(given.minutes * 60 * given.rate)
    sink = subprocess.Popen(["smtp-sink", "-u", "nobody", f"127.0.0.1:{SINK}", "512"])
    world = World(os.path.abspath(given.program), given.folder, count)
    try:
        seek, tally, samples, code, left = asyncio.run(soak(world, world.codes, given.rate, given.minutes, chance))
        log = open(world.path("serve.log"), errors="replace").read()
        found = {
            "without a link": count - len(tally.links),
            "wrong answers": sum(tally.wrong.values()),
            "under way for ever": left,
            "serve's exit code": code,
            "lock errors told": log.count("locked"),
            "panics": log.count("panicked"),
            "people twice at SEEK Pass": len(seek.people) - count,
            "submissions unfinished": world.count("SELECT count(*) FROM submission WHERE state <> 'incomplete'")[0][0],
            "import's exit code": tally.aside["import"],
            "send's exit code is not 75": tally.aside["send"] != 75,
            "not 20,000 mailed": world.count(f"SELECT count(*) FROM message WHERE state = 'sent'")[0][0] - count - 20_000,
            "graduates missing": count + 100_000 - world.count("SELECT count(*) FROM graduate")[0][0],
            "integrity": world.count("PRAGMA integrity_check") != [("ok",)],
        }
        # the first third has warmed up
        for what, place, most in (("memory", 0, 1.2), ("files", 1, 1.5)):
            early, late = samples[len(samples) // 3][place], samples[-1][place]
            print(f"{what}: {samples[0][place]:.1f} at first, {early:.1f} after a third, {max(it[place] for it in samples):.1f} at most, {late:.1f} at the end")
            found[f"{what} grew"] = late > most * early
        print(f"{count} graduates, {tally.waited} looks at waiting pages, faults {dict(seek.faults)}, link after p50 {part(tally.ends, 0.5):.1f} ms p99 {part(tally.ends, 0.99):.0f} ms")
        broken = {what: figure for what, figure in found.items() if figure}
        print("wrong answers:", dict(tally.wrong))
        print("broken:", broken or "nothing", flush=True)
        sys.exit(bool(broken))
    finally:
        sink.terminate()
        shutil.rmtree(world.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
