"""Courier, which keeps what it takes in its queue. Settings: lines of esmtpd over Debian's."""

import glob

from server import Case, Server


class Courier(Server):
    install = "apt-get install -y --no-install-recommends courier-mta"
    cases = (
        # five connections a host; loses what comes in the segment of the final dot
        Case("as Debian has it", ""),
        Case("20 connections a host", "MAXPERIP=20\nMAXPERC=20\n", compared=True),
        Case("2 connections a host", "MAXPERIP=2\n"),
    )

    def start(self):
        self.box.write("etc/courier/smtpaccess/default", "127.0.0.1\tallow,RELAYCLIENT,BOFHCHECKDNS=0\n")
        self.box.write("etc/courier/esmtpd", self.box.read("etc/courier/esmtpd") + self.settings)
        self.box.write("tmp/start", """
            cd /usr
            makesmtpaccess
            makealiases
            set -a
            prefix=/usr exec_prefix=/usr sysconfdir=/etc/courier
            . /etc/courier/esmtpd
            exec /usr/sbin/couriertcpd -stderrlogger=/usr/sbin/courierlogger -noidentlookup -nodnslookup -user=courier -group=courier -address=127.0.0.1 \
                -access=/etc/courier/smtpaccess.dat -maxprocs=$MAXDAEMONS -maxperc=$MAXPERC -maxperip=$MAXPERIP 25 /usr/sbin/courieresmtpd
        """)
        self.box.start("sh", "-e", "/tmp/start")

    def taken(self):
        recipients = []
        for path in glob.glob(self.box.path("var/lib/courier/*/*/C*")):
            with open(path, errors="replace") as file:
                recipients += [line[1:].strip() for line in file if line.startswith("r")]
        return recipients
