# perl books.pl SPEC OUT: writes one workbook with Spreadsheet::WriteExcel (.xls) or Excel::Writer::XLSX (.xlsx). SPEC as for Poi.java.
use strict; use warnings; use utf8;
my ($spec, $out) = @ARGV;
my $module = $out =~ /\.xls$/ ? 'Spreadsheet::WriteExcel' : 'Excel::Writer::XLSX';
eval "require $module" or die $@;
my $book = $module->new($out) or die $!;
my (%sheets, %formats);
open my $in, '<:encoding(UTF-8)', $spec or die $!;
while (my $line = <$in>) {
    chomp $line;
    my ($name, $row, $column, $kind, $value, $format) = split /\t/, $line, -1;
    my $sheet = $sheets{$name} ||= $book->add_worksheet($name);
    my @style = $format ? ($formats{$format} ||= $book->add_format(num_format => $format)) : ();
    if ($kind eq 'd') { $sheet->write_date_time($row, $column, "${value}T", @style) }
    elsif ($kind eq 'n') { $sheet->write_number($row, $column, $value, @style) }
    elsif ($kind eq 'f') { $sheet->write_formula($row, $column, "=$value", @style) }
    elsif ($kind eq 'w') { $sheet->write($row, $column, $value) }
    else { $sheet->write_string($row, $column, $value, @style) }
}
$book->close;
