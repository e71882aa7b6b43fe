//! A whole report.

use super::table::{pieces, table};
use crate::document::{Block, Document, Section};
use crate::markup::{Element, Syntax};
use crate::model::Report;

const STYLE: &str = include_str!("style.css");

/// The report as one HTML document. Links to logs and artifacts are relative, as given.
pub fn page(report: &Report) -> String {
    let document = Document::of(report);
    let head = Element::new("head")
        .child(Element::new("meta").with("charset", "utf-8"))
        .child(
            Element::new("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
        )
        .child(Element::new("meta").with("name", "color-scheme").with("content", "light dark"))
        .child(Element::new("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY))
        .child(Element::new("title").text(&document.title))
        .child(Element::new("style").verbatim(STYLE));
    let header = Element::new("header")
        .child(Element::new("h1").text(&document.title))
        .child(Element::new("p").with("class", "lead").text(&document.lead))
        .child(navigation(&document));
    let main = Element::new("main").children(document.sections.iter().map(section));
    let body = Element::new("body").child(header).child(main);
    let html = Element::new("html").with("lang", "en").child(head).child(body);
    format!("<!DOCTYPE html>\n{}\n", html.write(Syntax::Html))
}

/// Nothing may be loaded or run, whatever a ledger says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

fn navigation(document: &Document) -> Element {
    let items = document.sections.iter().map(|section| {
        let link = Element::new("a").with("href", format!("#{}", section.anchor)).text(section.title);
        Element::new("li").child(link)
    });
    Element::new("nav").with("aria-label", "Sections").child(Element::new("ul").children(items))
}

fn section(section: &Section) -> Element {
    let heading = format!("{}-heading", section.anchor);
    Element::new("section")
        .with("id", section.anchor)
        .with("aria-labelledby", &heading)
        .child(Element::new("h2").with("id", &heading).text(section.title))
        .children(section.blocks.iter().map(block))
}

fn block(block: &Block) -> Element {
    match block {
        Block::Paragraph(cell) => pieces(Element::new("p"), cell),
        Block::Heading { anchor, title } => pieces(Element::new("h3").with("id", anchor), title),
        Block::List(items) => {
            Element::new("ul").children(items.iter().map(|item| pieces(Element::new("li"), item)))
        }
        Block::Facts(facts) => Element::new("dl").children(facts.iter().map(|(name, value)| {
            Element::new("div").child(Element::new("dt").text(name)).child(pieces(Element::new("dd"), value))
        })),
        Block::Table { caption, content } => table(caption, content),
        Block::Figure { caption, figure } => {
            Element::new("figure").child(figure.element()).child(Element::new("figcaption").text(*caption))
        }
    }
}
