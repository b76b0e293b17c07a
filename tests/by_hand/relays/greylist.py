"""Greylisting, as a milter: who was not seen before is to come again."""

MILTER = "10025"

CODE = '''
import Milter, threading

class Greylist(Milter.Base):
    seen, lock = set(), threading.Lock()

    def envrcpt(self, to, *_):
        with self.lock:
            known = to in self.seen
            self.seen.add(to)
        if known:
            return Milter.CONTINUE
        self.setreply("451", "4.7.1", "Greylisting in action, please come back in 00:00:05")
        return Milter.TEMPFAIL

Milter.factory = Greylist
Milter.runmilter("greylist", "inet:%s@127.0.0.1", 600)
'''


def milter(box):
    box.write("tmp/greylist.py", CODE % MILTER)
    box.start("/usr/bin/python3", "/tmp/greylist.py")
