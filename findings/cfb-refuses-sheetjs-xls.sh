#!/bin/sh
# cfb 0.16.0 (Rust) cannot open an .xls written by SheetJS 0.18.5 (npm xlsx), which marks the free entries of its sector table as
# ends of chains (0xFFFFFFFE) instead of free (0xFFFFFFFF). xlrd 2.0.1 reads the same file. So `cfb` alone would refuse
# the .xls exports of many web applications.
# Output when written: cfb: Malformed FAT (FAT has 128 entries, but file has only … sectors) / xlrd: student_id
# Needs cargo, npm, python3 with venv. Exits 1 when the behaviour changes.
set -eu
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm install --silent --no-fund --no-audit xlsx@0.18.5 >/dev/null
node -e 'const X=require("xlsx"),b=X.utils.book_new();X.utils.book_append_sheet(b,X.utils.aoa_to_sheet([["student_id"],["s1"]]),"Roster");X.writeFile(b,"roster.xls",{bookType:"biff8"})'
python3 -m venv venv && venv/bin/pip install -q xlrd==2.0.1
venv/bin/python -c 'import xlrd; print("xlrd:", xlrd.open_workbook("roster.xls").sheet_by_index(0).cell_value(0, 0))' | tee xlrd.txt
cargo init -q --name probe probe && cd probe && printf 'cfb = "=0.16.0"\n' >> Cargo.toml
cat > src/main.rs <<'RS'
fn main() {
    match cfb::open("../roster.xls") {
        Ok(_) => println!("cfb: opened"),
        Err(error) => println!("cfb: {error}"),
    }
}
RS
cargo run -q | tee ../cfb.txt
cd .. && grep -q 'xlrd: student_id' xlrd.txt && grep -q 'Malformed FAT' cfb.txt
