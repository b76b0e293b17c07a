#!/usr/bin/env python3
"""Mail and pages in every built-in language, in a real browser (`chromium`) at the width of a phone.

    tests/by_hand/languages.py GRADPASS FOLDER

makes a preview with all languages switched on, takes pictures of all that is in it at 360 pixels into FOLDER, and says what
sticks out or is cut. Needs chromium, and fonts for what it shows: Debian's fonts-noto-core and fonts-noto-cjk. The pictures
are for people to look at."""

import functools
import http.server
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = sorted(path.stem for path in (ROOT / "src/wording/languages").glob("*.ftl"))
WIDTH = 360

# what of a page is outside of it; put into the title, since no script of ours runs in the page itself
LOOK = """
addEventListener('load', () => {
  const wrong = [];
  for (const frame of document.querySelectorAll('iframe')) {
    const page = frame.contentDocument, width = page.documentElement.clientWidth;
    for (const it of page.querySelectorAll('body *')) {
      const box = it.getBoundingClientRect(), name = frame.name + ': ' + it.tagName.toLowerCase() + (it.id && '#' + it.id);
      if (box.right > width + 1 || box.left < -1) wrong.push(name + ' sticks out');
      if (getComputedStyle(it).display != 'inline' && it.clientWidth && it.scrollWidth > it.clientWidth + 1) wrong.push(name + ' is cut');
    }
    frame.title = page.documentElement.scrollHeight;
  }
  const heights = [...document.querySelectorAll('iframe')].map(it => it.name + '=' + it.title).join(' ');
  document.title = 'SEEN ' + heights + ' WRONG ' + wrong.join('; ');
});
"""

ROSTER = "student_id,full_name,email,course_name,conferral_year,language\ns1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2026,en\n"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def chromium(profile, *options):
    usual = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000"]
    command = ["chromium", *usual, f"--user-data-dir={profile}", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def preview(program, folder):
    """The pages and mails of a dry run with every language switched on."""
    subprocess.run([program, "init"], cwd=folder, check=True, capture_output=True)
    config = folder / "gradpass.toml"
    listed = ", ".join(f'"{language}"' for language in LANGUAGES)
    text = re.sub(r"(?m)^# languages = .*$", f"languages = [{listed}]", config.read_text())
    config.write_text(text.replace("# question = \"none\"", 'question = "date_of_birth"'))
    roster = ROSTER.replace("language\n", "language,date_of_birth\n").replace(",en\n", ",en,1999-03-27\n")
    (folder / "roster.csv").write_text(roster)
    subprocess.run([program, "run", "--dry-run", "--preview", "preview", "roster.csv"], cwd=folder, capture_output=True)
    return folder / "preview/pages"


def main():
    program, pictures = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pages = preview(program, folder)
        # a waiting page would leave before it was looked at
        for page in pages.glob("*waiting*.html"):
            page.write_text(re.sub(r"<noscript>.*?</noscript>", "", page.read_text()))
        handler = functools.partial(Quiet, directory=pages)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        for language in LANGUAGES:
            names = sorted(path.stem for path in [*pages.glob(f"{language}-*.html"), *pages.glob(f"mail-{language}-*.html")])
            frames = [f'<iframe name="{name}" src="{name}.html" width="{WIDTH}" height="800" style="border:0"></iframe>' for name in names]
            (pages / "all.html").write_text(f"{''.join(frames)}<script>{LOOK}</script>")
            seen = chromium(folder / "profile", "--dump-dom", f"{base}/all.html")
            title = re.search(r"<title>SEEN (.*?) WRONG (.*?)</title>", seen, re.DOTALL)
            heights = dict(part.split("=") for part in title[1].split())
            good = set(heights) == set(names) and len(names) > 25 and not title[2]
            failed |= not good
            print("ok  " if good else "FAIL", language, len(names), "pages and mails", title[2])
            # one picture of all, six in a row
            width = WIDTH * 6 + 100
            rows = [names[at : at + 6] for at in range(0, len(names), 6)]
            cells, height = [], 0
            for row in rows:
                tallest = max(int(heights[name]) for name in row)
                height += tallest + 40
                shown = [f'<figure style="margin:4px"><figcaption>{name}</figcaption><iframe src="{name}.html" width="{WIDTH}" height="{heights[name]}" style="border:0"></iframe></figure>' for name in row]
                cells.append(f'<div style="display:flex;align-items:flex-start">{"".join(shown)}</div>')
            (pages / "sheet.html").write_text(f'<body style="margin:0;font:12px sans-serif">{"".join(cells)}')
            chromium(folder / "profile", f"--window-size={width},{height}", f"--screenshot={pictures}/{language}.png", f"{base}/sheet.html")
            for name in (f"{language}-code-from-link", f"{language}-qualifications", f"mail-{language}-invitation"):
                options = [f"--window-size={WIDTH},{heights[name]}", "--force-device-scale-factor=2"]
                # a window of chromium is 500 wide at least: the frame is what is 360
                (pages / "one.html").write_text(f'<body style="margin:0"><iframe src="{name}.html" width="{WIDTH}" height="{heights[name]}" style="border:0">')
                chromium(folder / "profile", *options, f"--screenshot={pictures}/{name}.png", f"{base}/one.html")
    sys.exit(failed)


main()
