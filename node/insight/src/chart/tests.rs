use super::*;

fn bar(label: &str, value: f64, state: State, estimated: f64) -> Bar {
    Bar { label: label.to_owned(), value, state, estimated }
}

fn draw(bars_of: &[Bar], width: u32) -> String {
    let number = |number: f64| format!("{number}");
    bars(&Bars {
        id: "energy",
        title: "Janvier: 412 kWh",
        description: "Du plus haut au plus bas.",
        unit: "kWh",
        bars: bars_of,
        width,
        height: 200,
        number: &number,
    })
}

#[test]
fn a_small_chart_is_exactly_this() {
    let svg = draw(&[bar("janv.", 50.0, State::Whole, 0.5), bar("févr.", 25.0, State::Partial, 0.0)], 200);
    let expected = concat!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 200 200\" width=\"200\" height=\"200\" ",
        "aria-labelledby=\"energy-title energy-desc\"><title id=\"energy-title\">Janvier: 412 kWh</title>",
        "<desc id=\"energy-desc\">Du plus haut au plus bas.</desc>",
    );
    assert!(svg.starts_with(expected), "{svg}");
    // The plot is 24 to 176 pixels high. Half of the first bar is measured, half outlined; the second ends in hatching.
    let expected = concat!(
        "</g><path fill=\"url(#energy-hatch)\" d=\"M120.9 100h64.3V90h-64.3z\"/>",
        "<path class=\"chart-bar\" fill=\"currentColor\" d=\"M35.1 176h64.3V100h-64.3zM120.9 176h64.3V100h-64.3z\"/>",
        "<path class=\"chart-bar\" fill=\"currentColor\" fill-opacity=\"0.12\" stroke=\"currentColor\" ",
        "d=\"M35.1 100h64.3V24h-64.3z\"/><g class=\"chart-text\" ",
    );
    assert!(svg.contains(expected), "{svg}");
}

#[test]
fn nothing_in_a_chart_needs_a_looser_policy() {
    let svg = draw(&[bar("a", 1.0, State::Missing, 2.0), bar("b", f64::NAN, State::Whole, f64::NAN)], 400);
    for forbidden in ["style", "<script", "onload", "href", "NaN", "inf"] {
        assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
    }
    for needed in ["role=\"img\"", "<title id=\"energy-title\">", "<desc id=\"energy-desc\">", "url(#energy-hatch)"] {
        assert!(svg.contains(needed), "{needed} not in {svg}");
    }
}

#[test]
fn the_words_of_others_stay_words() {
    let hostile = "</title><script>alert('1')</script>&\"\u{202e}\u{0}\n";
    let number = |_: f64| hostile.to_owned();
    let svg = bars(&Bars {
        id: "x\"><script>",
        title: hostile,
        description: hostile,
        unit: hostile,
        bars: &[bar(hostile, 3.0, State::Whole, 0.0)],
        width: 4096,
        height: 300,
        number: &number,
    });
    let map = heat(&HeatMap {
        id: "y'",
        title: hostile,
        description: hostile,
        columns: &[hostile.to_owned()],
        rows: &[HeatRow { label: hostile.to_owned(), values: vec![Some(1.0)] }],
        width: 400,
        height: 300,
    });
    for svg in [svg, map] {
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{0}'), "{svg}");
        assert_eq!(svg.matches("</title>").count(), 1);
        assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    }
}

#[test]
fn labels_never_touch_each_other() {
    for count in [1, 2, 7, 12, 24, 31, 90, 365, 727] {
        let days: Vec<_> = (0..count).map(|day| bar(&format!("2025-{day:03}"), 5.0, State::Whole, 0.0)).collect();
        let svg = draw(&days, 360);
        let places: Vec<f64> = svg
            .split("<text x=\"")
            .filter(|part| part.contains("\"middle\""))
            .map(|part| part.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(!places.is_empty(), "{count} bars have no label");
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 8.0 * CHARACTER), "{count}: {places:?}");
    }
}

#[test]
fn bars_stay_inside_the_chart_and_begin_at_zero() {
    let days: Vec<_> = (0..365_u32).map(|day| bar("", f64::from(day % 40), State::Partial, 0.3)).collect();
    let svg = draw(&days, 500);
    let shapes: Vec<&str> = svg.split(" d=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    let numbers =
        shapes.iter().flat_map(|shape| shape.split(|letter: char| letter.is_ascii_alphabetic() || letter == ' '));
    for number in numbers.filter(|number| !number.is_empty()) {
        let number: f64 = number.parse().unwrap();
        assert!((-500.0..=500.0).contains(&number), "{number}");
    }
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

#[test]
fn a_chart_without_bars_is_a_chart() {
    assert!(draw(&[], 0).contains("viewBox=\"0 0 120 200\""));
}

#[test]
fn a_heat_map_has_five_shades_and_blanks() {
    let row = |label: &str, values: [Option<f64>; 3]| HeatRow { label: label.to_owned(), values: values.to_vec() };
    let columns = ["00", "01", "02"].map(str::to_owned);
    let map = HeatMap {
        id: "week",
        title: "t",
        description: "d",
        columns: &columns,
        rows: &[row("lu", [Some(0.0), Some(25.0), Some(50.0)]), row("ma", [Some(75.0), Some(100.0), None])],
        width: 300,
        height: 120,
    };
    let svg = heat(&map);
    for shade in 0..5 {
        assert_eq!(svg.matches(&format!("chart-heat-{shade}\"")).count(), 1, "{svg}");
    }
    assert_eq!(svg.matches('M').count(), 5);
    let flat = [row("lu", [Some(3.0), Some(3.0), Some(3.0)])];
    assert!(heat(&HeatMap { rows: &flat, ..map }).contains("chart-heat-0"));
}
