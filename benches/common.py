"""What the benchmarks of sending share: a ledger with messages that are due, the sink, time and processor time of a program,
ratios. Needs Python 3 and Debian's postfix (smtp-sink, smtp-source; "No configuration", its daemon not started).

A machine's speed drifts by a factor of two within minutes, so a figure is a ratio of two programs that ran one after the
other, A B, B A, A B ..., and the median of at least five of them. Everything runs on the loopback interface."""
import json, os, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

from university import forget, furnish, roster

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that `finally` ends what was started


def arguments(parser, messages, sessions):
    parser.add_argument("-m", "--messages", type=int, default=messages)
    parser.add_argument("-n", "--pairs", type=int, default=5, help="pairs of runs, at least five for a figure that counts")
    parser.add_argument("--sessions", default=sessions)
    parser.add_argument("--program", default=os.path.join(ROOT, "target/release/gradpass"), help="built with --release")
    parser.add_argument("--folder", default=os.path.join(ROOT, "target/bench"), help="on the disk that is to be measured")
    given = parser.parse_args()
    given.program = os.path.abspath(given.program)
    given.sessions = [int(it) for it in given.sessions.split(",")]
    os.makedirs(given.folder, exist_ok=True)
    return given


def built_bench(name):
    """The path of a program of Cargo.toml's [[bench]], built now."""
    built = subprocess.run(["cargo", "build", "--release", "--features", "bench", "--bench", name, "--message-format=json"],
                           cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line).get("executable") for line in built.splitlines() if f'"{name}"' in line][-1]


class Desk:
    """A folder with configuration, key and a ledger in which `messages` are due."""

    def __init__(self, given, port, messages):
        self.program, self.port = given.program, port
        self.folder = tempfile.mkdtemp(prefix="mail-", dir=os.path.abspath(given.folder))
        self.configure(1)
        roster(self.path("roster.csv"), messages, id=int)
        subprocess.run([self.program, "import", "roster.csv"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        os.rename(self.path("gradpass.db"), self.path("due.db"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, sessions):
        furnish(self.folder, self.port, f"connections = {sessions}")

    def send(self, sessions, program=None):
        """Everything that is due, from process start to exit."""
        self.configure(sessions)
        forget(self.folder)
        shutil.copyfile(self.path("due.db"), self.path("gradpass.db"))
        os.sync()
        return timed([program or self.program, "send"], self.folder)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def timed(command, folder=None):
    """Seconds, seconds of processor time, MB of memory at most, and the share of all processors that was busy with whatever it was."""
    began, before = time.perf_counter(), ticks()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {command}")
    wall, (whole, idle) = time.perf_counter() - began, (after - then for after, then in zip(ticks(), before))
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, 1 - idle / max(whole, 1)


def ticks():
    """What the processors have had so far: all ticks, and those in which they had nothing to do (proc_stat(5))."""
    with open("/proc/stat") as stat:
        spent = [int(it) for it in stat.readline().split()[1:9]]
    return sum(spent), spent[3] + spent[4]


def source(sessions, messages, port):
    """Postfix's own sender: as many connections, kept open, messages of 8 KB."""
    return ["smtp-source", "-s", str(sessions), "-m", str(messages), "-l", "8192", "-N", "-d", "-C", "20",
            "-f", "office@northfield.example", "-t", "g@mailbox.example", "-M", "bench.example", f"127.0.0.1:{port}"]


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Sink:
    """Postfix's smtp-sink: takes everything and keeps nothing."""

    def __init__(self, port):
        if listens(port):
            raise SystemExit(f"port {port} is taken")  # smtp-sink would share it silently
        self.process = subprocess.Popen(["smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "512"])
        while not listens(port):
            time.sleep(0.05)

    def beside(self, run):
        """The figures of a run, and the seconds of processor time that the sink took meanwhile."""
        before = processor_time(self.process.pid)
        return *run(), processor_time(self.process.pid) - before

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def processor_time(pid):
    """Seconds of a process that is still running, in user and kernel mode (proc_pid_stat(5))."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pairs(count, ours, yardstick):
    """Runs both alternately; returns their figures."""
    a, b = [], []
    for pair in range(count):
        for run, figures in ((ours, a), (yardstick, b)) if pair % 2 == 0 else ((yardstick, b), (ours, a)):
            figures.append(run())
    return a, b


def ratio(over, under, figure):
    return statistics.median(o[figure] / u[figure] for o, u in zip(over, under))


def median(figures, figure):
    return statistics.median(it[figure] for it in figures)


def say(**figures):
    print(json.dumps({name: round(it, 3) if isinstance(it, float) else it for name, it in figures.items()}), flush=True)
