mod evaluation;
mod grammar;
mod property;
mod requirement;
