"""office_lock.py BOOK FOLDER: LibreOffice saves a workbook as locked.xls and .ods with a password. Runs with the system's Python, which
has python3-uno."""

import os, subprocess, sys, tempfile, time
import uno
from com.sun.star.beans import PropertyValue

source, folder = sys.argv[1:]
# the same call leaves an .xlsx open, so that one is made otherwise (odd_books.py)
KINDS = {"xls": "MS Excel 97", "ods": "calc8"}
pipe = f"corpus{os.getpid()}"
with tempfile.TemporaryDirectory() as profile:
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", f"--accept=pipe,name={pipe};urp;", "--norestore"], stderr=subprocess.DEVNULL
    )
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(200):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.2)
    desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(source)), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
    for ending, kind in KINDS.items():
        out = uno.systemPathToFileUrl(os.path.abspath(f"{folder}/locked.{ending}"))
        document.storeToURL(out, (PropertyValue("FilterName", 0, kind, 0), PropertyValue("Password", 0, "secret", 0)))
    document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass  # it goes while it answers
    try:
        office.wait(20)
    except subprocess.TimeoutExpired:
        office.kill()
