"""aiosmtpd, whose replies are the code alone where the setting says so, as RFC 5321 §4.2 allows."""

import re

from server import Case, Server

CODE = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Taken:
    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            print("taken", address, flush=True)
        return "250 OK"

class Bare(SMTP):
    async def push(self, status):
        await super().push(status[:3] if status[3:4] == " " else status)

kind = Bare if sys.argv[1] == "bare" else SMTP
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: kind(Taken()), "127.0.0.1", 25)
    await server.serve_forever()
asyncio.run(main())
"""


class BareCodes(Server):
    install = "apt-get install -y --no-install-recommends python3-aiosmtpd"
    cases = (
        Case("as it comes", "", compared=True),
        Case("replies are the code alone", "bare", compared=True),
    )

    def start(self):
        self.box.write("tmp/serve.py", CODE)
        self.box.start("/usr/bin/python3", "/tmp/serve.py", self.settings or "usual")

    def taken(self):
        return re.findall(r"^taken (\S+)$", self.box.read("tmp/output"), re.MULTILINE)
