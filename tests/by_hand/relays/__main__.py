"""What gradpass makes of real mail servers that are well, and of the same with something against it: whom a run to many graduates
leaves, by its own books and by the server's, with which exit code, and how fast beside Postfix's smtp-source.

Needs root, Debian (apt-get, the network for the first time), unshare, overlayfs, and a release build for the figures. Nothing is
installed and nothing leaves: see box.py. Says right or wrong for each case; ends with 1 if any is wrong.

    cargo build --release && sudo python3 tests/by_hand/relays [--graduates N] [--connections 4,16] [SERVER[:CASE]…]
"""

import argparse
import os
import sys

import box
from aiosmtpd_bare import BareCodes
from courier import Courier
from exim import Exim
from haraka import Haraka
from measure import ROOT, Source, measure
from opensmtpd import OpenSmtpd
from postfix import Postfix
from sendmail import Sendmail

SERVERS = {"Postfix": Postfix, "Exim": Exim, "OpenSMTPD": OpenSmtpd, "sendmail": Sendmail, "Courier": Courier, "Haraka": Haraka, "aiosmtpd": BareCodes}


def figure(number, form=".0f"):
    return format(number, form) if number else "–"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="SERVER[:CASE]")
    parser.add_argument("--program", default=f"{ROOT}/target/release/gradpass")
    parser.add_argument("--graduates", type=int, default=2000)
    parser.add_argument("--connections", default="4,16")
    parser.add_argument("--boxes", default=f"{ROOT}/target/relays", help="where the servers are kept once they are fetched")
    given = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("needs root")
    layers = {name: box.Layer(given.boxes, name, server.install) for name, server in SERVERS.items()}
    if not box.is_alone():
        os.makedirs(given.boxes, exist_ok=True)
        for name in {"Postfix", *(it.split(":")[0] for it in given.cases or SERVERS)}:
            layers[name].make()
    box.alone()
    source = Source(layers["Postfix"])
    wrong = 0
    print("| server | case | connections | sent, waiting, refused | exit | s | a second | smtp-source: kept, single | ratio | |\n" + "|---" * 10 + "|")
    for name, server in SERVERS.items():
        for case in server.cases:
            if given.cases and not {name, f"{name}:{case.name}"} & set(given.cases):
                continue
            for connections in map(int, given.connections.split(",")):
                if connections not in case.connections:
                    continue
                result = measure(os.path.abspath(given.program), layers[name], server, case, given.graduates, connections, source)
                faults = result.faults()
                wrong += bool(faults)
                sent, waiting, refused, code = result.left
                verdict = "right" if not faults else f"WRONG: {'; '.join(faults)}; {result.said[-300:]}"
                yardsticks = ", ".join(map(figure, result.yardsticks))
                print(f"| {name} | {case.name} | {connections} | {sent}, {waiting}, {refused} | {code} | {result.seconds:.1f} "
                      f"| {result.rate():.0f} | {yardsticks} | {figure(result.ratio(), '.2f')} | {verdict} |", flush=True)
    source.box.remove()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
