# perl csv.pl IN OUT KIND: writes tab-separated cells as CSV with Text::CSV_XS. KIND: plain, always (all quoted), escape (\" in quotes), semicolon.
use strict; use warnings; use Text::CSV_XS;
my ($in, $out, $kind) = @ARGV;
my %how = (plain => {}, always => { always_quote => 1 }, escape => { escape_char => '\\' }, semicolon => { sep_char => ';' });
my $csv = Text::CSV_XS->new({ binary => 1, eol => "\r\n", %{ $how{$kind} } });
open my $from, '<:encoding(UTF-8)', $in or die $!;
open my $to, '>:encoding(UTF-8)', $out or die $!;
while (my $line = <$from>) { chomp $line; $csv->print($to, [ split /\t/, $line, -1 ]) }
close $to;
