#!/usr/bin/env python3
"""The pictures of README: a mail and the page behind its link, out of `gradpass demo`, by Chromium.

    cargo build && docs/pictures/make.py
"""

import email
import email.policy
import http.client
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
# of the sample roster: a graduate with several qualifications
MESSAGE = 10


def ask(base, path, form=None):
    """The body of an answer."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc)
    if form is None:
        connection.request("GET", path)
    else:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", path, urllib.parse.urlencode(form), kind)
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status == 200, (path, answer.status)
    return body


def picture(name, html, height, folder):
    """What a narrow window shows of a page."""
    page = folder / f"{name}.html"
    page.write_text(html)
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.25",
         f"--window-size=500,{height}", f"--screenshot={folder / name}.png", page.as_uri()],
        check=True, capture_output=True)
    target = ROOT / "docs/pictures" / f"{name}.png"
    target.write_bytes((folder / f"{name}.png").read_bytes())
    print(target.relative_to(ROOT), target.stat().st_size, "bytes")


def main():
    demo = subprocess.Popen([ROOT / "target/debug/gradpass", "demo"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)
    try:
        said = ""
        while "Ctrl-C" not in said:
            said += demo.stdout.readline()
        inbox = re.search(r"inbox of all graduates: +(\S+)", said)[1]
        web = re.search(r"redemption page: +(\S+)", said)[1]
        raw = ask(inbox, f"/message/{MESSAGE}/raw")
        mail = email.message_from_string(raw, policy=email.policy.default).get_body(("html",)).get_content()
        code = re.search(r"/r/([0-9A-Z-]+)", mail)[1]
        page = ask(web, "/redeem", {"code": code})
        style = ask(web, "/style.css")
    finally:
        demo.terminate()
    mail = mail.replace(web, "https://seekpass.northfield.example/")
    page = re.sub(r"<link[^>]*stylesheet[^>]*>", f"<style>{style}</style>", page)
    with tempfile.TemporaryDirectory() as folder:
        picture("mail", mail, 900, pathlib.Path(folder))
        picture("page", page, 900, pathlib.Path(folder))


if __name__ == "__main__":
    main()
