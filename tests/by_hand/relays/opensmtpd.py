"""OpenSMTPD, which keeps what it takes in its queue. Settings: lines before its rules."""

import re

from server import Case, Server


class OpenSmtpd(Server):
    install = "apt-get install -y --no-install-recommends opensmtpd"
    cases = (
        # 100 messages a session
        Case("as it comes", ""),
        Case("10 messages a session", "smtp limit max-mails 10\n"),
        Case("1,000,000 messages a session", "smtp limit max-mails 1000000\n", compared=True),
    )

    def start(self):
        self.box.write("etc/smtpd.conf", f"""{self.settings}
listen on 127.0.0.1
action "away" relay host smtp://127.0.0.1:9
match from any for any action "away"
""", 0o600)
        self.box.start("/usr/sbin/smtpd", "-d", "-P", "mta")

    def taken(self):
        return re.findall(r" smtp envelope evpid=\S+ from=<[^>]*> to=<([^>]*)>", self.box.read("tmp/output"))
