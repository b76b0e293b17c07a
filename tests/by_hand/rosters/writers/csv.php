<?php // php csv.php IN OUT KIND: writes tab-separated cells with fputcsv. KIND: plain, semicolon, noescape (no escape character).
[, $in, $out, $kind] = $argv;
$to = fopen($out, "w");
foreach (file($in, FILE_IGNORE_NEW_LINES) as $line) {
    $cells = explode("\t", $line);
    match ($kind) { "semicolon" => fputcsv($to, $cells, ";"), "noescape" => fputcsv($to, $cells, ",", "\"", ""), default => fputcsv($to, $cells) };
}
