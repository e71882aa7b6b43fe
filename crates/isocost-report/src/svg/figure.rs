//! The frame of every figure: size, title and description.

use crate::markup::{Element, Syntax};

/// A drawing with its size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Makes ids unique on a page.
    pub(crate) key: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) title: String,
    /// What is to be seen, for those who cannot see it.
    pub(crate) description: String,
    pub(crate) shapes: Vec<Element>,
}

impl Figure {
    /// As an element of an HTML page.
    pub(crate) fn element(&self) -> Element {
        let (title_id, description_id) = (format!("{}-title", self.key), format!("{}-desc", self.key));
        Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", format!("0 0 {} {}", coordinate(self.width), coordinate(self.height)))
            .with("width", coordinate(self.width))
            .with("role", "img")
            .with("aria-labelledby", format!("{title_id} {description_id}"))
            .with("font-family", "system-ui, sans-serif")
            .with("font-size", "12")
            .with("fill", "currentColor")
            .child(Element::new("title").with("id", title_id).text(&self.title))
            .child(Element::new("desc").with("id", description_id).text(&self.description))
            .children(self.shapes.iter().cloned())
    }

    /// As a file of its own.
    pub(crate) fn standalone(&self) -> String {
        let element = self.element().with("color", "#1c1f24").with("style", "background:#ffffff");
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", element.write(Syntax::Xml))
    }
}

/// A coordinate with one decimal at most.
pub(crate) fn coordinate(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
