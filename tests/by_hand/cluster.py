#!/usr/bin/env python3
"""cluster.py [DRILL ...] [--kills 40] - several gradpass on one PostgreSQL, and what dies of it: a sender, a service, the server, the
primary with a synchronous standby that takes over. Then a healthy end, and a count of what was lost or doubled. Prints the seed; ends with
1 if a promise was broken.

Drills: senders, services, server, failover (all of them when none is named). Needs Python 3, PostgreSQL (Debian's package; as root its
programs run as postgres) and a built program; everything is in a temporary folder, and reached by sockets there and on the loopback."""
import argparse, collections, glob, os, pwd, random, re, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

import deaths
from deaths import ROOT, Broken, World

# as `sending` is put in doubt by
LEASE = 60


class Server:
    """One PostgreSQL, in a folder of its own; it keeps what it commits, as a real one does."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = os.path.dirname(os.path.realpath(shutil.which("initdb") or sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))[-1]))
        os.makedirs(folder)
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def run(self, program, *arguments):
        command = [os.path.join(self.programs, program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120)
        if done.returncode:
            raise SystemExit(f"{program}: {done.stderr}")

    def start(self):
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--log", f"{self.folder}/log", "--wait", "start",
                 "-o", f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200")

    def primary(self):
        self.run("initdb", "--pgdata", f"{self.folder}/data", "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C")
        self.start()
        return self

    def standby_of(self, primary):
        self.run("pg_basebackup", "--host", primary.folder, "--username", "postgres", "--pgdata", f"{self.folder}/data", "--write-recovery-conf",
                 "--checkpoint", "fast")
        self.start()
        return self

    def stop(self, how="immediate"):
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--mode", how, "stop")

    def ask(self, query, database="gradpass"):
        done = subprocess.run(["psql", "-h", self.folder, "-U", "postgres", "-AtF", "\t", "-c", query, database], capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise SystemExit(f"{query}: {done.stderr}")
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


class Cluster(World):
    """Nodes with a folder each, of which the first one is the university's; all name one server, by a link that may be moved."""

    def __init__(self, program, graduates, nodes):
        super().__init__(program, graduates)
        self.servers = tempfile.mkdtemp(prefix="cluster-")
        os.chmod(self.servers, 0o755)
        self.primary = Server(f"{self.servers}/one").primary()
        self.primary.ask("CREATE DATABASE gradpass", "postgres")
        os.symlink(self.primary.folder, f"{self.servers}/now")
        url = f"postgres://postgres@localhost/gradpass?host={self.servers}/now"
        with open(self.path("gradpass.toml"), encoding="utf-8") as file:
            text = file.read().replace('path = "gradpass.db"', f'url = "{url}"')
        self.nodes, self.pages = [], []
        for number in range(nodes):
            folder = self.path(f"node{number}")
            os.makedirs(folder)
            page = self.page + number
            self.pages.append(page)
            with open(f"{folder}/gradpass.toml", "w", encoding="utf-8") as file:
                file.write(text.replace(f'listen = "127.0.0.1:{self.page}"', f'listen = "127.0.0.1:{page}"'))
            shutil.copy(self.path("code.key"), folder)
            os.symlink(self.path("roster.csv"), f"{folder}/roster.csv")
            self.nodes.append(folder)

    def begin_on(self, node, *arguments):
        return subprocess.Popen([self.program, *arguments], cwd=self.nodes[node], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end_on(self, node, *arguments):
        process = self.begin_on(node, *arguments)
        said = process.communicate(timeout=300)
        return process.returncode, b"".join(said).decode()

    def wait_for_mails(self, chance, sender):
        """Until some more have come, or nobody sends any more."""
        enough = len(self.relay.taken) + chance.randrange(1, 500)
        while len(self.relay.taken) < enough and sender.poll() is None:
            time.sleep(0.001)

    def in_doubt(self):
        return {row[0] for row in self.primary.ask("SELECT email FROM message JOIN invitation ON invitation.id = invitation_id"
                                                   " JOIN graduate ON graduate.id = graduate_id WHERE message.state = 'in_doubt'")}

    def states(self):
        return dict(self.primary.ask("SELECT state, count(*) FROM message GROUP BY state"))

    def judge(self, name, broken, at_most):
        """Nobody is forgotten, nobody twice, and few in doubt; then `retry` reaches the rest."""
        doubts = self.in_doubt()
        mails = collections.Counter(to for to, _ in self.relay.taken)
        everybody = {f"g{n}@mailbox.example" for n in range(self.graduates)}
        if any(count > 1 for count in mails.values()):
            broken.append(f"{name}: {sum(count > 1 for count in mails.values())} mailed twice before any retry")
        if lost := everybody - set(mails) - doubts:
            broken.append(f"{name}: {len(lost)} forgotten; {self.states()}")
        if len(doubts) > at_most:
            broken.append(f"{name}: {len(doubts)} in doubt, and at most {at_most} may be")
        code, said = self.end_on(0, "retry")
        mails = collections.Counter(to for to, _ in self.relay.taken)
        twice = {to for to, count in mails.items() if count > 1}
        if code != 0 or set(mails) != everybody or not twice <= doubts:
            broken.append(f"{name}: retry ended with {code}, {len(mails)} mailed, {len(twice - doubts)} twice that were not in doubt: {said[-300:]}")
        return f"{len(doubts)} in doubt, {len(twice)} mailed twice by retry"

    def until_done(self, node, seconds=150):
        """Runs until nothing waits; what another one holds comes free by itself."""
        until = time.monotonic() + seconds
        while True:
            code, said = self.end_on(node, "send")
            left = self.states()
            if not {"waiting", "deferred", "sending"} & set(left) or time.monotonic() > until:
                return code, said
            time.sleep(2)

    def close(self):
        for server in glob.glob(f"{self.servers}/*/data/postmaster.pid"):
            try:
                os.kill(int(open(server, encoding="ascii").readline()), signal.SIGQUIT)
            except (OSError, ValueError):
                pass
        time.sleep(0.5)
        shutil.rmtree(self.servers, ignore_errors=True)
        super().close()


def senders(make, chance, kills, broken):
    """Three send; now and then one is killed, and another one begins."""
    world = make(3_000, 3)
    code, said = world.end_on(0, "import", "roster.csv")
    if code:
        broken.append(f"senders: import ended with {code}: {said[-300:]}")
    hit, nodes = 0, [world.begin_on(node, "send") for node in range(3)]
    while hit < kills and any(node.poll() is None for node in nodes):
        time.sleep(chance.uniform(0.02, 0.3))
        number = chance.randrange(3)
        if nodes[number].poll() is None:
            nodes[number].kill(); hit += 1
        nodes[number].communicate()
        nodes[number] = world.begin_on(number, "send")
    for node in nodes:
        said = b"".join(node.communicate()).decode()
        if "panicked" in said:
            broken.append(f"senders: {said[-300:]}")
    world.until_done(0)
    told = world.judge("senders", broken, hit * 8)
    world.close()
    return f"{hit} killed, {told}"


def server(make, chance, kills, broken):
    """The server is killed and started again while somebody sends."""
    world = make(3_000, 1)
    world.end_on(0, "import", "roster.csv")
    hit = 0
    for _ in range(max(1, kills // 8)):
        sender = world.begin_on(0, "send")
        world.wait_for_mails(chance, sender)
        world.primary.stop(); hit += 1
        time.sleep(chance.uniform(0, 0.5))
        world.primary.start()
        said = b"".join(sender.communicate()).decode()
        print(f"  {len(world.relay.taken)} taken so far, send ended with {sender.returncode}", flush=True)
        if sender.returncode not in (0, 1, 75) or "panicked" in said:
            broken.append(f"server: send ended with {sender.returncode}: {said[-300:]}")
    world.until_done(0)
    told = world.judge("server", broken, hit * 8)
    world.close()
    return f"{hit} times killed, {told}"


def failover(make, chance, kills, broken):
    """The primary is gone, and its synchronous standby takes over while somebody sends."""
    hit = []
    for _ in range(max(1, kills // 20)):
        world = make(3_000, 1)
        world.end_on(0, "import", "roster.csv")
        code, said = world.end_on(0, "check")
        if "none: if the server's disk is lost" not in said:
            broken.append(f"failover: check without a standby says {said}")
        standby = Server(f"{world.servers}/two").standby_of(world.primary)
        world.primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'", "postgres")
        world.primary.ask("SELECT pg_reload_conf()", "postgres")
        time.sleep(1)
        code, said = world.end_on(0, "check")
        if "a synchronous standby has everything" not in said:
            broken.append(f"failover: check with a standby says {said}")
        sender = world.begin_on(0, "send")
        world.wait_for_mails(chance, sender)
        world.primary.stop()
        standby.ask("SELECT pg_promote()", "postgres")
        standby.ask("ALTER SYSTEM RESET synchronous_standby_names", "postgres")
        standby.ask("SELECT pg_reload_conf()", "postgres")
        os.symlink(standby.folder, f"{world.servers}/next"); os.replace(f"{world.servers}/next", f"{world.servers}/now")
        world.primary = standby
        said = b"".join(sender.communicate()).decode()
        if "panicked" in said:
            broken.append(f"failover: {said[-300:]}")
        world.until_done(0)
        hit.append(world.judge("failover", broken, 8))
        world.close()
    return f"{len(hit)} promoted: {'; '.join(hit)}"


def services(make, chance, kills, broken):
    """Three services behind one another; a graduate clicks at any of them, and now and then one is killed."""
    graduates, hit = 400, 0
    world = make(graduates, 3)
    world.end_on(0, "run", "roster.csv")
    codes = [re.search(rb"(?m)^\s*([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5})\s*$", content)[1].decode() for _, content in world.relay.taken]
    nodes = [world.begin_on(node, "serve") for node in range(3)]
    links, waiting, lock = {}, list(codes), threading.Lock()

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    opener = urllib.request.build_opener(Stay)

    def visit(chance):
        while True:
            with lock:
                if not waiting:
                    return
                one = waiting.pop()
            for _ in range(1200):
                page = chance.choice(world.pages)
                try:
                    data = urllib.parse.urlencode({"code": one}).encode()
                    # the load balancer's name is the one that the browser knows
                    request = urllib.request.Request(f"http://127.0.0.1:{page}/redeem", data, {"Origin": f"http://127.0.0.1:{world.page}", "Host": f"127.0.0.1:{world.page}"})
                    opener.open(request, timeout=10).read()
                except urllib.error.HTTPError as answer:
                    if answer.code == 303 and answer.headers["Location"].startswith("https://pass."):
                        with lock:
                            links.setdefault(one, set()).add(answer.headers["Location"])
                        break
                except OSError:
                    pass
                time.sleep(0.05)

    visitors = [threading.Thread(target=visit, args=(random.Random(chance.random()),), daemon=True) for _ in range(16)]
    [visitor.start() for visitor in visitors]
    for _ in range(max(1, kills // 2)):
        time.sleep(chance.uniform(0.1, 1.0))
        number = chance.randrange(3)
        if nodes[number].poll() is not None:
            said = b"".join(nodes[number].communicate()).decode()
            broken.append(f"services: one ended by itself with {nodes[number].returncode}: {said[-300:]}")
        nodes[number].kill(); hit += 1
        nodes[number].communicate()
        nodes[number] = world.begin_on(number, "serve")
    [visitor.join(120) for visitor in visitors]
    for node in nodes:
        node.terminate(); node.communicate(timeout=30)
    if len(links) != graduates or any(len(it) != 1 for it in links.values()):
        broken.append(f"services: {graduates - len(links)} without a link, {sum(len(it) > 1 for it in links.values())} with two")
    people = collections.Counter(world.seek.ids.values())
    if len(people) != graduates or max(people.values(), default=0) != 1:
        broken.append(f"services: {len(people)} people at SEEK Pass, {sum(it > 1 for it in people.values())} twice")
    world.close()
    return f"{hit} killed, {len(links)} of {graduates} led on"


def main():
    drills = {drill.__name__: drill for drill in (senders, services, server, failover)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drill", nargs="*", choices=[*drills, []], default=[])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--program", default=f"{ROOT}/target/debug/gradpass")
    given = parser.parse_args()
    print("seed", given.seed, flush=True)
    chance, broken = random.Random(given.seed), Broken()
    make = lambda graduates, nodes: Cluster(os.path.abspath(given.program), graduates, nodes)
    for name in given.drill or drills:
        print(f"{name}:", drills[name](make, chance, given.kills, broken), flush=True)
    print("broken promises:", len(broken))
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
