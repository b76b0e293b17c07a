# A roster by Spreadsheet::WriteExcel (.xls) or Excel::Writer::XLSX, filled in from the last column to the first.
use utf8; use JSON::PP; use Spreadsheet::WriteExcel; use Excel::Writer::XLSX;
local $/; open my $file, '<:raw', 'roster.json'; my $roster = decode_json(<$file>);
my $class = $ARGV[0] =~ /xlsx$/ ? 'Excel::Writer::XLSX' : 'Spreadsheet::WriteExcel';
my $book = $class->new($ARGV[0]); my $sheet = $book->add_worksheet('Roster');
my ($zeros, $day) = ($book->add_format(num_format => '00000000'), $book->add_format(num_format => 'd/m/yyyy'));
my @rows = @{$roster->{rows}};
for my $column (reverse 0 .. 6) {
    $sheet->write(0, $column, $roster->{header}[$column]);
    for my $row (0 .. 3) {
        my $value = $rows[$row][$column];
        if ($column == 5) { $sheet->write_date_time($row + 1, 5, $value . 'T', $day) }
        elsif ($column == 2) { $sheet->write_string($row + 1, 2, $value) }
        elsif ($column == 0) { $sheet->write($row + 1, 0, $value, $zeros) }
        else { $sheet->write($row + 1, $column, $value) }
    }
}
$sheet->write_formula(5, 0, '="S"&"02"'); $sheet->write(5, 1, 'For Mula');
$sheet->set_row(2, undef, undef, 1); $sheet->set_column(4, 4, undef, undef, 1);
my $old = $book->add_worksheet('Old'); $old->hide(); $old->write(0, 0, 'student_id'); $book->close();
