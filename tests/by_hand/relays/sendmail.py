"""sendmail, which keeps what it takes in its queue. Settings: lines of Debian's sendmail.mc and of its access map."""

import glob
from dataclasses import dataclass

from greylist import MILTER, milter
from server import NOBODY, Case, Left, Server


@dataclass(frozen=True)
class Settings:
    mc: str = ""
    access: str = ""


UNKNOWN = "".join(f"To:g{it}@mailbox.example ERROR:5.1.1:550 User unknown\n" for it in range(2000) if it % 10 < 3)


class Sendmail(Server):
    install = "apt-get install -y --no-install-recommends sendmail-bin python3-milter"
    cases = (
        # 15 connections a second
        Case("as Debian has it", Settings(), compared=True),
        Case("no PIPELINING", Settings(access="Srv_Features:127 P\n"), compared=True),
        Case("3 children", Settings("define(`confMAX_DAEMON_CHILDREN', `3')dnl\n")),
        Case("2 connections a second", Settings("define(`confCONNECTION_RATE_THROTTLE', `2')dnl\n")),
        Case("2 connections a client", Settings(access="ClientConn:127 2\n")),
        Case("10 connections a client in 20 s", Settings("define(`confCONNECTION_RATE_WINDOW_SIZE', `20s')dnl\n", "ClientRate:127 10\n")),
        Case("greets after 3 s", Settings(access="GreetPause:127 3000\n"), compared=True),
        Case("greylisting (milter)", Settings(f"INPUT_MAIL_FILTER(`greylist', `S=inet:{MILTER}@127.0.0.1')dnl\n"), mail="linger_minutes = 3"),
        Case("milter away", Settings("INPUT_MAIL_FILTER(`away', `S=inet:9@127.0.0.1, F=T')dnl\n"), NOBODY),
        Case("disk full", Settings("define(`confMIN_FREE_BLOCKS', `1000000000')dnl\n"), NOBODY),
        Case("three of ten unknown", Settings("FEATURE(`blocklist_recipients')dnl\n", UNKNOWN), Left(sent=0.7, refused=0.3, exit=1)),
        Case("relaying denied", Settings(access="Connect:127 REJECT\n"), NOBODY),
    )

    def start(self):
        mc = self.box.read("etc/mail/sendmail.mc")
        before, mailers, after = mc.partition("MAILER_DEFINITIONS")
        # without a network no name can be looked up
        nodns = "define(`confSERVICE_SWITCH_FILE', `/etc/mail/service.switch-nodns')dnl\nFEATURE(`accept_unresolvable_domains')dnl\n"
        self.box.write("etc/mail/sendmail.mc", before + nodns + self.settings.mc + mailers + after)
        settings = {line.split()[0]: line for line in [*access(self.box.read("etc/mail/access")), *access(self.settings.access)]}
        self.box.write("etc/mail/access", "\n".join(settings.values()) + "\n")
        self.box.run("sh", "-ec", "cd /etc/mail; m4 sendmail.mc > sendmail.cf; makemap hash access < access; mkdir -p /run/sendmail/mta")
        if MILTER in self.settings.mc:
            milter(self.box)
        self.box.start("/usr/sbin/sendmail", "-bD", "-odq")

    def taken(self):
        recipients = []
        for path in glob.glob(self.box.path("var/spool/mqueue/qf*")):
            with open(path, errors="replace") as file:
                recipients += [line.split("<")[-1].strip(">\n") for line in file if line.startswith("R") and ":" in line]
        return recipients


def access(text):
    return [line for line in text.splitlines() if line and line[0] not in "# "]
