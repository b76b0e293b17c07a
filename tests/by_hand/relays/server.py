"""What the servers have in common, and what a case of one is."""

import socket
import time
from dataclasses import dataclass

PORT = 25


@dataclass(frozen=True)
class Left:
    """What is to be left of a run to everybody: shares of the graduates, and the exit code."""

    sent: float = 1
    waiting: float = 0
    refused: float = 0
    exit: int = 0


EVERYBODY, NOBODY = Left(), Left(sent=0, waiting=1, exit=75)


@dataclass(frozen=True)
class Case:
    """A server with something against us."""

    name: str
    settings: object = None
    left: Left = EVERYBODY
    # a share of the usual number, where the server makes everybody slow
    share: float = 1
    # whether smtp-source, which gives up at the first refusal, gets through
    compared: bool = False
    # more lines of [mail]
    mail: str = ""
    connections: tuple = (4, 16)


class Server:
    """A mail server in its box. Subclasses say how it is installed, started and asked."""

    # a script that installs it, run as root in a box with a network
    install = ""
    cases = ()

    def __init__(self, box, settings):
        self.box, self.settings = box, settings

    def start(self):
        raise NotImplementedError

    def taken(self):
        """The recipients of the messages that it said yes to, one each, by its own books."""
        raise NotImplementedError

    def serve(self):
        self.start()
        deadline = time.monotonic() + 30
        while socket.socket().connect_ex(("127.0.0.1", PORT)):
            if time.monotonic() > deadline:
                raise RuntimeError(f"does not listen: {self.box.read('tmp/output')[-2000:]} {self.box.log[-5:]}")
            time.sleep(0.1)

    def settled(self, expected):
        """What was taken, when it has written that down."""
        for _ in range(300):
            taken = self.taken()
            if len(taken) >= expected:
                break
            time.sleep(0.1)
        return taken
