"""Haraka, which throws away what it takes."""

from server import Case, Server

PLUGIN = """
const fs = require('node:fs')
exports.hook_rcpt = (next) => next(OK)
exports.hook_queue = (next, {transaction}) => {
  for (const to of transaction.rcpt_to) fs.appendFileSync('/tmp/taken', `${to.user}@${to.host}\\n`)
  next(OK)
}
"""


class Haraka(Server):
    install = "command -v npm || apt-get install -y --no-install-recommends npm; npm install --prefix /opt/haraka --ignore-scripts Haraka@3.3.4"
    cases = (
        # offers PIPELINING, and answers what comes behind a final dot with 503
        Case("as it comes", compared=True),
    )

    def start(self):
        own, haraka = "opt/haraka/own", "/opt/haraka/node_modules/Haraka/bin/haraka"
        self.box.run("sh", "-c", f"$(command -v node) {haraka} -i /{own}")
        self.box.write(f"{own}/config/smtp.ini", "listen=127.0.0.1:25\n")
        self.box.write(f"{own}/config/plugins", "taken\n")
        self.box.write(f"{own}/config/me", "mail.northfield.example\n")
        self.box.write(f"{own}/config/loglevel", "WARN\n")
        self.box.write(f"{own}/plugins/taken.js", PLUGIN)
        self.box.start("sh", "-c", f"exec $(command -v node) {haraka} -c /{own}")

    def taken(self):
        try:
            return self.box.read("tmp/taken").split()
        except FileNotFoundError:
            return []
