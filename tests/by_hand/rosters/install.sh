#!/bin/bash
# install.sh [FOLDER] - the programs that make.py writes rosters with, from the usual registries (Debian's, PyPI's, npm's).
# FOLDER (tools) gets the Python and the npm packages; run make.py with FOLDER/venv/bin/python. Run it as root.
set -euo pipefail
tools=${1:-tools}
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# each by itself: one that is missing on a machine costs its own rosters only
for package in libreoffice-calc-nogui python3-uno gnumeric r-base-core php-cli libtext-csv-xs-perl libspreadsheet-writeexcel-perl \
    libexcel-writer-xlsx-perl libapache-poi-java default-jdk-headless mariadb-server postgresql sqlite3; do
    apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || echo "not installed: $package"
done
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install -q openpyxl==3.1.5 xlsxwriter==3.3.1 xlwt==1.3.0 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 pyexcelerate==0.13.0 odfpy==1.4.1 \
    msoffcrypto-tool==6.1.0
# Debian's POI has no schema types of its own: this package brings those of POI 3.17
"$tools/venv/bin/pip" download -q --no-deps --no-binary :all: -d "$tools" poi4py==0.0.8
mkdir -p "$tools/poi"
tar xzf "$tools/poi4py-0.0.8.tar.gz" -C "$tools/poi" --strip-components=3 --wildcards '*/poi-ooxml-*3.17.jar'
(cd "$tools" && npm init -y >/dev/null && npm install --silent xlsx@0.18.5 exceljs@4.4.0)
