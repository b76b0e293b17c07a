"""Exim, whose router throws everything away. Settings: lines of the main part, the ACLs at connect, MAIL and RCPT."""

import re
from dataclasses import dataclass

from server import NOBODY, Case, Left, Server


@dataclass(frozen=True)
class Settings:
    main: str = ""
    connect: str = ""
    mail: str = ""
    rcpt: str = ""


UNKNOWN = r"deny message = 550 5.1.1 Unknown user" "\n" r"condition = ${if match{$local_part}{\N[0-2]$\N}}"


def rate(limit, words, option="per_rcpt"):
    return f"defer message = {words}\nratelimit = {limit} / {option} / strict\n"


class Exim(Server):
    install = "apt-get install -y --no-install-recommends exim4-daemon-light"
    cases = (
        Case("as it comes", Settings(), compared=True),
        Case("no PIPELINING", Settings("pipelining_advertise_hosts =\n"), compared=True),
        Case("50 messages a connection", Settings("smtp_accept_max_per_connection = 50\n"), compared=True),
        Case("3 connections a host", Settings("smtp_accept_max_per_host = 3\n")),
        Case("3 connections", Settings("smtp_accept_max = 3\n")),
        Case("10 connections in 15 s", Settings(connect=rate("10 / 15s", "connection rate limit exceeded", "per_conn"))),
        Case("800 messages in 15 s", Settings(mail=rate("800 / 15s", "rate limit exceeded", "per_mail"))),
        Case("800 recipients in 15 s", Settings(rcpt=rate("800 / 15s", "rate limit exceeded"))),
        Case("slows down MAIL (smtp_ratelimit_mail)", Settings("smtp_ratelimit_hosts = *\nsmtp_ratelimit_mail = 50,0.1s,1.02,1s\n"), share=0.5, compared=True),
        Case("greylisting, says for how long", Settings(rcpt="defer message = Greylisted, please try again in 5 seconds\n!seen = -5s / key=$local_part\n"), mail="linger_minutes = 3"),
        Case("recipients verified", Settings(rcpt="require verify = recipient\n"), compared=True),
        Case("tarpit, 1 s at RCPT", Settings(rcpt="warn delay = 1s\n"), share=0.1, compared=True),
        Case("three of ten unknown", Settings(rcpt=UNKNOWN), Left(sent=0.7, refused=0.3, exit=1)),
        Case("three of ten unknown, breaks off after 3", Settings("smtp_max_unknown_commands = 1\nsmtp_accept_max_nonmail = 3\nsmtp_accept_max_nonmail_hosts = *\n", rcpt=UNKNOWN), Left(sent=0.7, refused=0.3, exit=1)),
        Case("relaying denied", Settings(rcpt="deny message = relay not permitted\n"), NOBODY),
    )

    def start(self):
        it = self.settings
        self.box.write("etc/exim4/exim4.conf", f"""
primary_hostname = mail.northfield.example
local_interfaces = 127.0.0.1
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts =
log_selector = +received_recipients
log_file_path = /var/log/exim4/%slog
acl_smtp_connect = at_connect
acl_smtp_mail = at_mail
acl_smtp_rcpt = at_rcpt
{it.main}
begin acl
at_connect:
{it.connect}
accept
at_mail:
{it.mail}
accept
at_rcpt:
{it.rcpt}
accept
begin routers
away:
  driver = redirect
  data = :blackhole:
""")
        self.box.run("mkdir", "-p", "/var/log/exim4", "/var/spool/exim4", "/run/exim4")
        self.box.run("chown", "-R", "Debian-exim:Debian-exim", "/var/log/exim4", "/var/spool/exim4", "/run/exim4")
        self.box.start("exim4", "-bdf", "-q30m")

    def taken(self):
        try:
            lines = self.box.read("var/log/exim4/mainlog").splitlines()
        except FileNotFoundError:
            return []
        return [found[1] for line in lines if (found := re.search(r" <= .* for (\S+)$", line))]
