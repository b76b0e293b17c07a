"""A box: this machine as it would be with some packages installed, in an overlay that is thrown away.

Mail servers want to be where their package puts them, as users of their own, and exclude one another. In a box each is at
home, and nothing of it is on the machine. It has no network but its own loopback, so that nothing leaves."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HOST = "mail.northfield.example"
INSIDE = "RELAYS_ALONE"


def alone():
    """Goes on as a process whose mounts, network and children nobody else sees, and which end with it."""
    if INSIDE not in os.environ:
        apart = ["unshare", "--mount", "--net", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
        os.execvpe(apart[0], [*apart, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    socket.sethostname(HOST)


def is_alone():
    return INSIDE in os.environ


class Layer:
    """A machine with packages; made once, kept in a folder."""

    def __init__(self, folder, name, prepare):
        self.path = os.path.join(folder, name)
        self.prepare = prepare

    def make(self):
        """Installs what is not installed yet; needs the network."""
        made = os.path.join(self.path, "made")
        if os.path.exists(made) and open(made).read() == self.prepare:
            return
        shutil.rmtree(self.path, ignore_errors=True)
        for part in ("upper", "work", "root"):
            os.makedirs(os.path.join(self.path, part))
        print(f"making {self.path}", file=sys.stderr, flush=True)
        script = f"""set -e
            cd {self.path}
            mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
            mount --bind /dev root/dev
            mount -t proc proc root/proc
            printf '#!/bin/sh\\nexit 101\\n' > root/usr/sbin/policy-rc.d
            chmod +x root/usr/sbin/policy-rc.d
            export DEBIAN_FRONTEND=noninteractive
            exec chroot root sh -ec "$PREPARE" """
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--uts", "sh", "-c"]
        done = subprocess.run(
            [*apart, f"hostname {HOST}; {script}"], env={**os.environ, "PREPARE": self.prepare},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        if done.returncode:
            sys.exit(f"{done.stdout[-3000:]}\n{self.path} cannot be made")
        with open(made, "w") as file:
            file.write(self.prepare)

    def root(self):
        """Where it is mounted: an overlay takes no layer of the file system over that file system itself, but a whole one."""
        root = os.path.join(self.path, "root")
        if not os.path.ismount(root):
            upper, work = (os.path.join(self.path, part) for part in ("upper", "work"))
            mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", root)
        return root


class Box:
    """A machine of a layer, for one server's life. What it says to syslog is in `log`."""

    def __init__(self, layer):
        self.folder = tempfile.mkdtemp(prefix="box-", dir=os.path.dirname(layer.path))
        self.root = os.path.join(self.folder, "root")
        upper, work = (os.path.join(self.folder, part) for part in ("upper", "work"))
        for part in (self.root, upper, work):
            os.makedirs(part)
        os.chmod(upper, 0o755)
        mount("-t", "overlay", "overlay", "-o", f"lowerdir={layer.root()},upperdir={upper},workdir={work}", self.root)
        mount("-t", "tmpfs", "-o", "mode=755", "dev", self.path("dev"))
        for name in ("null", "zero", "random", "urandom", "tty"):
            self.write(f"dev/{name}", "")
            mount("--bind", f"/dev/{name}", self.path(f"dev/{name}"))
        os.makedirs(self.path("dev/shm"), mode=0o1777)
        self.write("etc/hosts", f"127.0.0.1 localhost {HOST} mail\n")
        self.write("etc/hostname", f"{HOST}\n")
        self.write("etc/mailname", f"{HOST}\n")
        # where nobody listens: every question has its answer at once
        self.write("etc/resolv.conf", "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n")
        self.processes, self.log = [], []
        self.listen_to_log()

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        if os.path.islink(path):
            os.unlink(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)

    def read(self, name):
        with open(self.path(name), errors="replace") as file:
            return file.read()

    def listen_to_log(self):
        self.syslog = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.syslog.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.syslog.bind(self.path("dev/log"))
        os.chmod(self.path("dev/log"), 0o666)

        def listen():
            try:
                while datagram := self.syslog.recv(65536):
                    self.log.append(datagram.decode(errors="replace"))
            except OSError:
                pass

        threading.Thread(target=listen, daemon=True).start()

    def run(self, *command):
        """Runs it to its end; what it said."""
        done = subprocess.run(self.inside(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}")
        return done.stdout

    def start(self, *command, output="tmp/output"):
        """Starts it, and whatever it starts; all of them end with the box."""
        apart = ["unshare", "--pid", "--fork", "--kill-child", f"--mount-proc={self.path('proc')}"]
        with open(self.path(output), "ab") as file:
            self.processes.append(
                subprocess.Popen([*apart, *self.inside(command)], stdin=subprocess.DEVNULL, stdout=file, stderr=file)
            )

    def inside(self, command):
        return ["chroot", self.root, *command]

    def remove(self):
        for process in reversed(self.processes):
            # the first in its numbering of processes, with whom all of them end; a setuid program does not end with its parent
            with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
                for child in children.read().split():
                    os.kill(int(child), signal.SIGKILL)
            process.wait()
        self.syslog.shutdown(socket.SHUT_RDWR)
        self.syslog.close()
        # the last of them may take a moment to die
        for _ in range(100):
            if subprocess.run(["umount", "--recursive", self.root], stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.1)
        shutil.rmtree(self.folder)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)
