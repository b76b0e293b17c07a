#!/bin/bash
# R (4.2.2): write.csv shortens single numbers of a column and leaves their neighbours whole: an id of 100000 is written 1e+05 and 100001 stays, since R
# takes whichever form is shorter, for each number by itself. No column type shows it, nothing is lost in the number, and one student in a hundred
# thousand has an id that no other export has: a newcomer tomorrow. Times behave the other way: the form of a POSIXct column hangs on all its rows;
# one row that is not at midnight gives every other date a time of day. Needs Debian's r-base-core.
# Seen:   id 99999 1e+05 100001 2e+07      and      when 2026-06-30 2026-07-01 / when 2026-06-30 00:00:00 2026-07-01 00:00:01
set -euo pipefail
command -v Rscript >/dev/null || apt-get install -y -qq --no-install-recommends r-base-core >/dev/null
R --version | head -1
ids=$(Rscript -e 'write.csv(data.frame(id = c(99999, 100000, 100001, 20000000)), row.names = FALSE, quote = FALSE)' | tr '\n' ' ')
times='when <- as.POSIXct(c("2026-06-30", "2026-07-01"), tz = "UTC")'
midnight=$(Rscript -e "$times; write.csv(data.frame(when), row.names = FALSE, quote = FALSE)" | tr '\n' ' ')
one_second=$(Rscript -e "$times; when[2] <- when[2] + 1; write.csv(data.frame(when), row.names = FALSE, quote = FALSE)" | tr '\n' ' ')
printf '%s\n' "$ids" "$midnight" "$one_second"
[ "$ids" = "id 99999 1e+05 100001 2e+07 " ] || { echo "ids are written otherwise"; exit 1; }
[ "$midnight" = "when 2026-06-30 2026-07-01 " ] || { echo "midnights are written otherwise"; exit 1; }
[ "$one_second" = "when 2026-06-30 00:00:00 2026-07-01 00:00:01 " ] || { echo "times are written otherwise"; exit 1; }
