//! What the window may ask for, by noun. A command takes the book, calls one use case and returns
//! its view; `async` keeps the window's own thread from ever waiting for SQLite.

pub(crate) mod about;
pub(crate) mod book;
pub(crate) mod launch;
pub(crate) mod path;
