#!/usr/bin/env python3
"""make.py FOLDER [ONLY…] - writes some 780 rosters with real tools into FOLDER, and expected.jsonl, which says of each what is right (corpus.py).

ONLY names groups: sound sound_values charsets wrong wrong_files books odd_books text_tools databases. Missing tools are skipped with a line that says
so; install.sh installs them. CORPUS_TOOLS is the folder that install.sh filled (tools beside this file, when not given)."""

import importlib, os, sys
from corpus import Corpus

GROUPS = ["sound", "sound_values", "charsets", "wrong", "wrong_files", "books", "odd_books", "text_tools", "databases"]

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ.setdefault("CORPUS_TOOLS", os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
    corpus = Corpus(sys.argv[1])
    for group in sys.argv[2:] or GROUPS:
        importlib.import_module(group).write(corpus)
    corpus.finish()
