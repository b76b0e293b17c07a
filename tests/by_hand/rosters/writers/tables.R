# Rscript tables.R IN FOLDER: writes tab-separated cells as R users do. An empty cell is NA, as after read.csv.
arguments <- commandArgs(trailingOnly = TRUE)
rows <- read.delim(arguments[1], colClasses = "character", na.strings = "", quote = "", encoding = "UTF-8", check.names = FALSE)
out <- function(name) file(file.path(arguments[2], name), "w", encoding = "UTF-8")
write.csv(rows, out("r-write-csv.csv"), row.names = FALSE)
write.csv(rows, out("r-write-csv-empty.csv"), row.names = FALSE, na = "")
write.csv(rows, out("r-write-csv-rownames.csv"))
write.csv2(rows, out("r-write-csv2.csv"), row.names = FALSE)
write.table(rows, out("r-write-table-tab.txt"), sep = "\t", row.names = FALSE, quote = FALSE)
write.table(rows, out("r-write-table-default.txt"))
dated <- rows
dated$conferral_date <- as.Date(dated$conferral_date)
write.csv(dated, out("r-write-csv-dates.csv"), row.names = FALSE)
dated$conferral_date <- as.POSIXct(dated$conferral_date, tz = "UTC")
write.csv(dated, out("r-write-csv-posix.csv"), row.names = FALSE)
# ids as numbers: R writes 100000 as 1e+05 and its neighbours whole
dated <- rows
dated$student_id <- 100000 + seq_len(nrow(rows)) - 1
write.csv(dated, out("r-number-ids.csv"), row.names = FALSE)
