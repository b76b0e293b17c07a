#!/usr/bin/env python3
"""deaths.py [--kills 200] - kill -9 of `import`, `run` and `serve` at random moments, against real sockets; then a healthy end, and
a count of what was lost or doubled. Prints the seed; ends with 1 if a promise was broken. Needs Python 3 and a built program.

Half of the kills hit `run` (each followed by the next run, and in the end by `retry`), a quarter `import` (first and changed
rosters), a quarter `serve` while graduates redeem. Everything runs on the loopback interface."""
import argparse, collections, http.server, json, os, random, re, shutil, socket, socketserver, sqlite3, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/benches")
from university import forget, furnish
NAMES = ["Mira Tan", "Nguyễn Thị Hồng", "Seán O’Brien", "李 欣怡", "José Núñez"]


class Relay(socketserver.StreamRequestHandler):
    """Takes every message, and remembers whom it was for."""

    def handle(self):
        say = lambda line: (self.wfile.write(line + b"\r\n"), self.wfile.flush())
        try:
            say(b"220 relay")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word in (b"EHLO", b"HELO"):
                    say(b"250-relay\r\n250 PIPELINING")
                elif word == b"RCPT":
                    to = re.search(rb"<(.*)>", line)[1].decode(); say(b"250 ok")
                elif word == b"DATA":
                    say(b"354 go on"); content = b""
                    while not content.endswith(b"\r\n.\r\n"):
                        piece = self.rfile.readline()
                        if not piece:
                            return
                        content += piece
                    self.server.taken.append((to, content)); say(b"250 taken")
                elif word == b"QUIT":
                    return say(b"221 bye")
                else:
                    say(b"250 ok")
        except OSError:
            pass


class Seek(http.server.BaseHTTPRequestHandler):
    """SEEK Pass as far as it is needed: the same id gives the same link."""
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "oauth" in self.path:
            answer = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 3600}
        else:
            told = json.loads(body)
            person = told["data"]["credential"]["full_name"]
            self.server.ids[told["id"]] = person
            answer = {"redirect_uri": "https://pass.example/" + told["id"]}
        data = json.dumps(answer).encode()
        self.send_response(201 if "add" in self.path else 200)
        self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(data))); self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class Broken(list):
    """Promises that were broken, told at once."""

    def append(self, what):
        print("BROKEN:", what, flush=True)
        super().append(what)


def start(kind, handler):
    # whoever was killed hangs up in the middle
    kind.handle_error = lambda *_: None
    kind.daemon_threads, kind.request_queue_size = True, 256
    server = kind(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class World:
    def __init__(self, program, graduates):
        self.program, self.folder = program, tempfile.mkdtemp(prefix="deaths-")
        self.relay, self.seek = start(socketserver.ThreadingTCPServer, Relay), start(http.server.ThreadingHTTPServer, Seek)
        self.relay.taken, self.seek.ids = [], {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0)); self.page = free.getsockname()[1]
        furnish(self.folder, self.relay.server_address[1], "connections = 8", self.page, self.seek.server_address[1], 200)
        self.graduates = graduates
        self.roster("roster.csv", lambda number: "Bachelor of Arts")

    def path(self, name):
        return os.path.join(self.folder, name)

    def roster(self, name, course):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write("student_id,full_name,email,course_code,course_name,conferral_year\n")
            for number in range(self.graduates):
                file.write(f"s{number:05},{NAMES[number % 5]} {chr(97 + number % 26)}{number},g{number}@mailbox.example,BA,{course(number)},2024\n")

    def begin(self, *arguments):
        return subprocess.Popen([self.program, *arguments], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def end(self, *arguments):
        done = subprocess.run([self.program, "--json", *arguments], cwd=self.folder, capture_output=True, timeout=120)
        return done.returncode, (json.loads(done.stdout) if done.stdout else {}), done.stderr.decode()

    def kill(self, seconds, *arguments):
        process = self.begin(*arguments)
        time.sleep(seconds)
        process.kill(); _, said = process.communicate()
        return process.returncode, said.decode()

    def ask(self, query):
        ledger = sqlite3.connect(self.path("gradpass.db"))
        try:
            return ledger.execute(query).fetchall()
        finally:
            ledger.close()

    def close(self):
        self.relay.shutdown(); self.seek.shutdown(); shutil.rmtree(self.folder)


def deaths_of_import(make, chance, kills, broken):
    hit = 0
    for turn in range(max(1, kills // 10)):
        world = make(20_000)
        begun = time.perf_counter(); world.end("import", "roster.csv"); whole = time.perf_counter() - begun
        forget(world.folder)
        world.roster("changed.csv", lambda number: "Bachelor of Arts" if number % 3 else "Bachelor of Fine Arts")
        for name, times in (("roster.csv", 5), ("changed.csv", 5)):
            for _ in range(times):
                code, _ = world.kill(chance.uniform(0, 0.9 * whole), "import", name); hit += code == -9
            code, told, said = world.end("import", name)
            if code != 0 or "panicked" in said:
                broken.append(f"import {name}: exit {code}: {said[-300:]}")
            states = world.ask("SELECT state, count(*) FROM message GROUP BY state")
            courses = dict(world.ask("SELECT course_name, count(*) FROM qualification WHERE withdrawn_at IS NULL GROUP BY 1"))
            fine = len([n for n in range(20_000) if n % 3 == 0]) if name == "changed.csv" else 0
            if states != [("waiting", 20_000)] or courses.get("Bachelor of Fine Arts", 0) != fine or sum(courses.values()) != 20_000:
                broken.append(f"import {name}: {states} {courses}")
            if world.ask("PRAGMA integrity_check") != [("ok",)]:
                broken.append("import: integrity")
        world.close()
    return hit


def deaths_of_run(make, chance, kills, broken):
    hit = doubt_seen = twice = 0
    for turn in range(max(1, kills // 5)):
        world = make(2_000)
        in_doubt = set()
        for _ in range(5):
            code, said = world.kill(chance.uniform(0.02, 0.9), "run", "roster.csv"); hit += code == -9
            if "panicked" in said:
                broken.append("run panicked")
        code, told, said = world.end("run", "roster.csv")
        in_doubt |= {row[0] for row in world.ask("SELECT email FROM message JOIN invitation ON invitation.id = invitation_id"
                                                 " JOIN graduate ON graduate.id = graduate_id WHERE message.state = 'in_doubt'")}
        if code not in (0, 1) or (code == 1) != bool(in_doubt) or told["mail"]["in_doubt"] != len(in_doubt) or len(in_doubt) > 5 * 8:
            broken.append(f"run: exit {code}, {len(in_doubt)} in doubt: {told} {said[-300:]}")
        mails = collections.Counter(to for to, _ in world.relay.taken)
        if any(count > 1 for count in mails.values()):
            broken.append(f"run: {sum(count > 1 for count in mails.values())} mailed twice before any retry")
        lost = {f"g{n}@mailbox.example" for n in range(2_000)} - set(mails) - in_doubt
        if lost:
            broken.append(f"run: {len(lost)} forgotten")
        code, told, said = world.end("retry")
        mails = collections.Counter(to for to, _ in world.relay.taken)
        doubled = {to for to, count in mails.items() if count > 1}
        if code != 0 or len(mails) != 2_000 or not doubled <= in_doubt:
            broken.append(f"retry: exit {code}, {len(mails)} mailed, {len(doubled - in_doubt)} doubled that were not in doubt")
        doubt_seen += len(in_doubt); twice += len(doubled)
        world.close()
    return hit, doubt_seen, twice


def deaths_of_serve(make, chance, kills, broken):
    graduates, hit = 400, 0
    for turn in range(max(1, kills // 10)):
        world = make(graduates)
        code, told, said = world.end("run", "roster.csv")
        codes = [re.search(rb"(?m)^\s*([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5})\s*$", content)[1].decode() for _, content in world.relay.taken]
        links, waiting, lock = {}, list(codes), threading.Lock()

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        opener = urllib.request.build_opener(Stay)

        def visit():
            while True:
                with lock:
                    if not waiting:
                        return
                    one = waiting.pop()
                for _ in range(600):
                    try:
                        data = urllib.parse.urlencode({"code": one}).encode()
                        page = urllib.request.Request(f"http://127.0.0.1:{world.page}/redeem", data, {"Origin": f"http://127.0.0.1:{world.page}"})
                        opener.open(page, timeout=10).read()
                    except urllib.error.HTTPError as answer:
                        if answer.code == 303 and answer.headers["Location"].startswith("https://pass."):
                            links.setdefault(one, set()).add(answer.headers["Location"])
                            break
                    except OSError:
                        pass
                    time.sleep(0.05)

        visitors = [threading.Thread(target=visit, daemon=True) for _ in range(16)]
        [visitor.start() for visitor in visitors]
        for _ in range(10):
            code, said = world.kill(chance.uniform(0.1, 1.6), "serve"); hit += code == -9
        last = world.begin("serve")
        [visitor.join(60) for visitor in visitors]
        ready = time.monotonic() + 30
        while time.monotonic() < ready:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{world.page}/healthz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        last.terminate(); _, said = last.communicate(timeout=30)
        if last.returncode != 0:
            broken.append(f"serve: exit {last.returncode} {said[-300:]}")
        if len(links) != graduates or any(len(it) != 1 for it in links.values()):
            broken.append(f"serve: {graduates - len(links)} without a link, {sum(len(it) > 1 for it in links.values())} with two")
        people = collections.Counter(world.seek.ids.values())
        if len(people) != graduates or max(people.values()) != 1:
            broken.append(f"serve: {len(people)} people at SEEK Pass, {sum(it > 1 for it in people.values())} twice")
        world.close()
    return hit


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--program", default=f"{ROOT}/target/debug/gradpass")
    given = parser.parse_args()
    print("seed", given.seed, flush=True)
    chance, broken = random.Random(given.seed), Broken()
    make = lambda graduates: World(os.path.abspath(given.program), graduates)
    print("import:", deaths_of_import(make, chance, given.kills // 4, broken), "killed", flush=True)
    print("run: %d killed, %d in doubt, %d mailed twice by retry" % deaths_of_run(make, chance, given.kills // 2, broken), flush=True)
    print("serve:", deaths_of_serve(make, chance, given.kills // 4, broken), "killed", flush=True)
    print("broken promises:", len(broken))
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
