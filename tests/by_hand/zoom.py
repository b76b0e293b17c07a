#!/usr/bin/env python3
"""The pages of the snapshots in a real browser (`chromium`): on narrow phones, with letters of the usual and of twice the
size, nothing may stick out or be cut off, and no word of a heading be broken."""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTHS, SIZES = (320, 360, 412), (100, 200)

# looks at every page in its frame and puts what is wrong into the title
LOOK = """
addEventListener('load', () => {
  const wrong = [];
  for (const frame of document.querySelectorAll('iframe')) {
    const page = frame.contentDocument, width = page.documentElement.clientWidth, view = page.defaultView;
    for (const it of page.querySelectorAll('body *')) {
      const name = frame.name + ': ' + it.tagName.toLowerCase() + (it.id && '#' + it.id), box = it.getBoundingClientRect();
      if (box.right > width + 1 || box.left < -1) wrong.push(name + ' sticks out');
      if (view.getComputedStyle(it).display != 'inline' && it.clientWidth && it.scrollWidth > it.clientWidth + 1) wrong.push(name + ' is cut');
      if (it.tagName == 'H1') {
        const word = page.createElement('span');
        word.style.cssText = 'position:absolute;white-space:nowrap;visibility:hidden';
        it.append(word);
        for (const text of it.textContent.trim().split(/[ \\n]+/)) {
          word.textContent = text;
          if (word.getBoundingClientRect().width > it.clientWidth) wrong.push(name + ' breaks the word ' + text);
        }
        word.remove();
      }
    }
  }
  document.title = 'SEEN ' + document.querySelectorAll('iframe').length + ' pages; ' + wrong.join('; ');
});
"""


def main():
    style = (ROOT / "src/redemption/pages/style.css").read_text()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pages = sorted((ROOT / "tests/it/snapshots").glob("it__pages__*.snap"))
        for size in SIZES:
            (folder / f"{size}.css").write_text(f"{style}\nhtml {{ font-size: {size}% }}\n")
            for page in pages:
                html = page.read_text().split("---\n", 2)[2].replace("/style.css", f"{size}.css")
                # a waiting page would leave before it was looked at
                html = re.sub(r"<noscript>.*?</noscript>", "", html)
                (folder / f"{page.stem}-{size}.html").write_text(html)
            for width in WIDTHS:
                frames = [f'<iframe name="{it.stem}" src="{it.stem}-{size}.html" width="{width}" height="800" style="border:0"></iframe>' for it in pages]
                (folder / "all.html").write_text(f"{''.join(frames)}<script>{LOOK}</script>")
                options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files", "--virtual-time-budget=5000"]
                command = ["chromium", *options, f"--user-data-dir={folder}/profile", "--dump-dom", f"file://{folder}/all.html"]
                seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
                title = re.search(r"<title>SEEN (\d+) pages; (.*?)</title>", seen, re.DOTALL)
                good = title and int(title[1]) == len(pages) > 20 and not title[2]
                print("ok  " if good else "FAIL", f"{width} pixels, letters of {size} %:", title[0] if title else "nothing was seen")
                failed |= not good
    sys.exit(failed)


main()
