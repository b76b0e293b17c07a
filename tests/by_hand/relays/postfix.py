"""Postfix, which throws away what it takes. Settings: those of main.cf over Debian's.

Its rates count by the minute; `anvil_rate_time_unit` makes the minute shorter where it would only be waited for."""

import re

from greylist import MILTER, milter
from server import NOBODY, Case, Left, Server

# limits hold for everybody but those whom Postfix trusts: us, by default
TRUSTED = "smtpd_client_event_limit_exceptions"
GREETING = {"postscreen_access_list": "", "postscreen_greet_wait": "2s"}
DEEP = {
    **GREETING,
    "postscreen_pipelining_enable": "yes",
    "postscreen_non_smtp_command_enable": "yes",
    "postscreen_bare_newline_enable": "yes",
}
UNKNOWN = "check_recipient_access regexp:{{/^g[0-9]*[0-2]@/ 550 5.1.1 User unknown}}, permit"
THREE_OF_TEN = Left(sent=0.7, refused=0.3, exit=1)


def limited(**settings):
    return {TRUSTED: "", **settings}


def to_recipients(restrictions):
    return {"smtpd_recipient_restrictions": restrictions}


class Postfix(Server):
    install = "apt-get install -y --no-install-recommends postfix python3-milter"
    cases = (
        Case("as Debian has it", {}, compared=True),
        Case("no PIPELINING", {"smtpd_discard_ehlo_keywords": "pipelining, dsn"}, compared=True),
        Case("2 connections a client", limited(smtpd_client_connection_count_limit="2")),
        Case("10 connections in 20 s", limited(smtpd_client_connection_rate_limit="10", anvil_rate_time_unit="20s")),
        Case("800 messages in 20 s", limited(smtpd_client_message_rate_limit="800", anvil_rate_time_unit="20s")),
        Case("800 recipients in 20 s", limited(smtpd_client_recipient_rate_limit="800", anvil_rate_time_unit="20s")),
        Case("150 messages a minute", limited(smtpd_client_message_rate_limit="150"), share=0.15),
        Case("postscreen, greeting tests", GREETING),
        Case("postscreen, deep tests", DEEP),
        # Postfix sleeps a second before each answer once a session has had ten errors
        Case("greylisting (milter)", {"smtpd_milters": f"inet:127.0.0.1:{MILTER}"}, share=0.1, mail="linger_minutes = 3"),
        Case("milter away", {"smtpd_milters": "inet:127.0.0.1:9"}, NOBODY),
        Case("sender verified", {"smtpd_sender_restrictions": "reject_unverified_sender", "address_verify_poll_delay": "1s"}, compared=True),
        Case("recipients verified", {**to_recipients("reject_unverified_recipient"), "address_verify_poll_delay": "1s"}, share=0.1),
        Case("recipients verified, later", {**to_recipients("reject_unverified_recipient"), "address_verify_poll_count": "1"}, Left(sent=0, waiting=1, exit=75), share=0.05),
        Case("tarpit, 1 s at RCPT", to_recipients("sleep 1, permit"), share=0.1, compared=True),
        Case("three of ten unknown", to_recipients(UNKNOWN), THREE_OF_TEN, share=0.15),
        Case("three of ten unknown, breaks off after 5", {**to_recipients(UNKNOWN), "smtpd_hard_error_limit": "5"}, THREE_OF_TEN),
        Case("breaks off after 3 s of silence", {"smtpd_timeout": "3s"}, share=0.02, mail="per_minute = 12", connections=(4,)),
        Case("relaying denied", {"mynetworks": "192.0.2.0/24", "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination"}, NOBODY),
        Case("relaying denied for a while", {"mynetworks": "192.0.2.0/24"}, NOBODY),
        Case("client host blocked", to_recipients("check_client_access inline:{{127.0.0.1 = REJECT blocked for abuse}}, permit"), NOBODY),
        Case("sender not wanted", {"smtpd_sender_restrictions": "check_sender_access inline:{{northfield.example = REJECT not owned by this login}}"}, NOBODY),
        Case("message too large", {"message_size_limit": "4000"}, NOBODY),
        Case("content refused", {"body_checks": "regexp:{{/./ REJECT links are not wanted}}"}, NOBODY),
        Case("demands TLS", {"smtpd_tls_security_level": "encrypt"}, NOBODY),
    )

    def start(self):
        main = {
            "compatibility_level": "3.6",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "myhostname": "mail.northfield.example",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "smtpd_relay_restrictions": "permit_mynetworks permit_sasl_authenticated defer_unauth_destination",
            "default_transport": "discard:",
            "alias_maps": "",
            **self.settings,
        }
        self.box.write("etc/postfix/main.cf", "".join(f"{name} = {value}\n" for name, value in main.items()))
        self.box.write("etc/postfix/master.cf", services(self.box.read("usr/share/postfix/master.cf.dist"), "postscreen_access_list" in self.settings))
        if MILTER in str(self.settings):
            milter(self.box)
        self.box.start("postfix", "start-fg")

    def taken(self):
        return [found[1] for line in list(self.box.log) if (found := re.search(r" to=<([^>]*)>.* relay=none,.* status=sent ", line))]


def services(master, has_postscreen):
    """Nothing in a jail of its own, which has no copies of the system's files; postscreen in front, or not."""
    lines = []
    for line in master.splitlines():
        if line.startswith("smtp  ") and "inet" in line:
            continue
        fields = line.split()
        if line[:1].isalpha() and len(fields) > 7:
            fields[4] = "n"
            line = " ".join(fields)
        lines.append(line)
    if has_postscreen:
        lines += ["smtp inet n - n - 1 postscreen", "smtpd pass - - n - - smtpd", "dnsblog unix - - n - 0 dnsblog"]
    else:
        lines += ["smtp inet n - n - - smtpd"]
    return "\n".join(lines) + "\n"
