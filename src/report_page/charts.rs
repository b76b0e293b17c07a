//! Charts as SVG: black on white, every bar with its number beside it, so that neither colour nor a pointer is needed. Each
//! has a title and a description for those who hear it.

use std::io;

use jiff::civil::Date;
use plotters::coord::Shift;
use plotters::prelude::*;
use serde::Serialize;

use super::figures::Reach;
use super::table::grouped;

/// Why a chart cannot be drawn.
pub type ChartError = DrawingAreaErrorKind<io::Error>;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Units of a chart's width: those of a small phone, so that words are as large there as on the page around.
const WIDTH: i32 = 360;

/// Of a bar with its label above.
const ROW: i32 = 38;

/// Letters of a label that fit.
const LETTERS: usize = 44;

const FILLED: RGBColor = RGBColor(45, 74, 110);

/// A chart.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    title: String,
    description: String,
    width: i32,
    height: i32,
    /// The inside of the SVG.
    marks: String,
}

fn chart(
    title: &str,
    description: String,
    height: i32,
    draw: impl FnOnce(&Area<'_>) -> Result<(), ChartError>,
) -> Result<Chart, ChartError> {
    let mut svg = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw(&area)?;
        area.present()?;
    }
    // the page writes the element itself, with its words
    let inside = svg.split_once('>').map_or("", |(_, inside)| inside);
    let marks = inside.trim_end().trim_end_matches("</svg>").to_owned();
    Ok(Chart { title: title.to_owned(), description, width: WIDTH, height, marks })
}

/// Labelled bars: how long the outline is, and how much of it is filled.
pub(super) fn bars(title: &str, bars: &[(String, i64, i64)]) -> Result<Chart, ChartError> {
    let most = bars.iter().map(|(_, outline, _)| *outline).max().unwrap_or(0).max(1);
    let description = bars.iter().map(|(label, ..)| label.as_str()).collect::<Vec<_>>().join("; ");
    let height = i32::try_from(bars.len()).unwrap_or(0) * ROW;
    let length = |number: i64| i32::try_from(number * i64::from(WIDTH - 2) / most).unwrap_or(0);
    chart(title, description, height, |area| {
        let font = ("sans-serif", 17).into_font().color(&BLACK);
        for (top, (label, outline, filled)) in (0..).step_by(38).zip(bars) {
            area.draw(&Text::new(shortened(label), (0, top), font.clone()))?;
            let bar = |number, style| Rectangle::new([(1, top + 18), (1 + length(number), top + 32)], style);
            area.draw(&bar(*filled, FILLED.filled()))?;
            area.draw(&bar(*outline, BLACK.stroke_width(1)))?;
        }
        Ok(())
    })
}

/// Bars of what was mailed, filled as far as it is verified; none where nothing is.
pub(super) fn reaches(title: &str, groups: &[(String, Reach)]) -> Result<Option<Chart>, ChartError> {
    if groups.is_empty() {
        return Ok(None);
    }
    let bar = |(name, reach): &(String, Reach)| {
        let (verified, mailed) = (reach.verified(), reach.mailed());
        let numbers = format!(": {} of {}", grouped(verified), grouped(mailed));
        let room = LETTERS.saturating_sub(numbers.len());
        (format!("{}{numbers}", cut(name, room)), mailed, verified)
    };
    let rows: Vec<_> = groups.iter().map(bar).collect();
    bars(&format!("{title}: verified of mailed"), &rows).map(Some)
}

/// A column for each day; none where nothing happened.
pub(super) fn columns(title: &str, days: &[(Date, i64)]) -> Result<Option<Chart>, ChartError> {
    let all: i64 = days.iter().map(|(_, number)| number).sum();
    let Some((day, most)) = days.iter().max_by_key(|(_, number)| *number).filter(|(_, most)| *most > 0)
    else {
        return Ok(None);
    };
    let description = format!(
        "{} in the days drawn; most on {}: {}.",
        grouped(all),
        day.strftime("%-d %B %Y"),
        grouped(*most)
    );
    let words = format!("{title}: {}", grouped(all));
    let first = days.first().map_or(*day, |(first, _)| *first);
    let count = i64::try_from(days.len()).unwrap_or(1);
    chart(title, description, 150, |area| {
        let font = ("sans-serif", 17).into_font().color(&BLACK);
        area.draw(&Text::new(shortened(&words), (0, 0), font))?;
        let mut plot = ChartBuilder::on(area)
            .margin_top(24)
            .margin_right(8)
            .x_label_area_size(24)
            .y_label_area_size(56)
            .build_cartesian_2d(0..count, 0..*most)?;
        let label = ("sans-serif", 15).into_font().color(&BLACK);
        plot.configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(190, 190, 190))
            .x_labels(4)
            .y_labels(3)
            .x_label_formatter(&|at| {
                first.saturating_add(jiff::Span::new().days(*at)).strftime("%-d %b").to_string()
            })
            .y_label_formatter(&|number| grouped(*number))
            .label_style(label)
            .draw()?;
        let columns = (0..).zip(days).filter(|(_, (_, number))| *number > 0);
        plot.draw_series(
            columns.map(|(at, (_, number))| Rectangle::new([(at, 0), (at + 1, *number)], FILLED.filled())),
        )?;
        Ok(())
    })
    .map(Some)
}

fn shortened(label: &str) -> String {
    cut(label, LETTERS)
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(letters.saturating_sub(1)).collect();
    short.push('…');
    short
}
