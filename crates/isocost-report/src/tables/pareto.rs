//! Arms and budgets.

use crate::model::ParetoSeries;
use crate::number;
use crate::table::{Cell, Column, Table};

/// One row a point, by cost.
pub(crate) fn pareto(series: &ParetoSeries) -> Table {
    let columns = [
        Column::words("Arm"),
        Column::words("Budget"),
        Column::words("Unit"),
        Column::numbers("Cost"),
        Column::words("Metric"),
        Column::numbers("Value"),
        Column::numbers("Interval"),
        Column::words("On the front"),
    ];
    let mut points: Vec<_> = series.points.iter().collect();
    points.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.arm.cmp(&b.arm)));
    let rows = points.into_iter().map(|point| {
        let interval = point.interval.map_or_else(String::new, |i| {
            format!("[{}, {}]", number::significant(i.low, 4), number::significant(i.high, 4))
        });
        [
            Cell::code(&point.arm),
            Cell::text(&point.budget),
            Cell::text(&series.cost_unit),
            Cell::text(number::cost(point.cost)),
            Cell::text(&series.metric),
            Cell::text(number::significant(point.value, 4)),
            Cell::text(interval),
            Cell::text(if point.on_front { "yes" } else { "" }),
        ]
    });
    Table::new(columns, rows).without_empty_columns()
}
