//! What the window is told without a question of its own. It asks for the next news, and is answered
//! once there is some. News that are pushed into a page come as scripts, and for the first of them this
//! process would get a script engine of its own.

use std::collections::VecDeque;

use parking_lot::Mutex;
use serde::Serialize;
use tauri::{AppHandle, DragDropEvent, Manager, WindowEvent};
use tokio::sync::oneshot;

use crate::error::CommandError;

/// Something that happened outside the page.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub(crate) enum News {
    /// Somebody opens a book from outside the window.
    Book { path: String },
    /// A line of the menu was chosen.
    Chosen { id: String },
    /// A backup was made or opened by the schedule, or could not be, and why.
    Backups { problem: Option<CommandError> },
    /// Files are held over the window; none: no longer.
    Held { paths: Vec<String> },
    /// Files were let go over it.
    Dropped { paths: Vec<String> },
}

/// News that nobody has asked for yet, or who waits for the next.
#[derive(Debug, Default)]
pub(crate) struct Inbox(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    news: VecDeque<News>,
    waits: Option<oneshot::Sender<News>>,
}

impl Inbox {
    fn put(&self, news: News) {
        let mut state = self.0.lock();
        let untold = match state.waits.take() {
            Some(waits) => waits.send(news).err(),
            None => Some(news),
        };
        state.news.extend(untold);
    }

    /// The page is loaded anew: what happens before it asks is not told to the one before.
    fn leave(&self) {
        self.0.lock().waits = None;
    }

    /// The next news, once there is some. None for whoever waited before.
    pub(crate) async fn next(&self) -> Option<News> {
        let told = {
            let mut state = self.0.lock();
            if let Some(news) = state.news.pop_front() {
                return Some(news);
            }
            let (tell, told) = oneshot::channel();
            state.waits = Some(tell);
            told
        };
        told.await.ok()
    }
}

/// Another page begins to load.
pub(crate) fn on_load(app: &AppHandle) {
    app.state::<Inbox>().leave();
}

pub(crate) fn tell(app: &AppHandle, news: News) {
    app.state::<Inbox>().put(news);
}

/// Tells of files that are dragged over a window.
pub(crate) fn on_window_event(app: &AppHandle, event: &WindowEvent) {
    let WindowEvent::DragDrop(drag) = event else {
        return;
    };
    let text = |paths: &[std::path::PathBuf]| {
        let texts = paths.iter().map(|path| path.to_string_lossy().into_owned());
        texts.collect()
    };
    match drag {
        DragDropEvent::Enter { paths, .. } => tell(app, News::Held { paths: text(paths) }),
        DragDropEvent::Leave => tell(app, News::Held { paths: Vec::new() }),
        DragDropEvent::Drop { paths, .. } => tell(app, News::Dropped { paths: text(paths) }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn chosen(id: &str) -> News {
        News::Chosen { id: id.to_owned() }
    }

    /// What is told by now: nothing, the line that was chosen, or that somebody else asked.
    fn told(asked: Pin<&mut impl Future<Output = Option<News>>>) -> Poll<Option<String>> {
        let told = asked.poll(&mut Context::from_waker(Waker::noop()));
        told.map(|news| match news? {
            News::Chosen { id } => Some(id),
            other => panic!("{other:?} was told"),
        })
    }

    #[test]
    fn news_are_told_once_and_in_their_order() {
        let inbox = Inbox::default();
        inbox.put(chosen("one"));
        inbox.put(chosen("two"));
        let is_told = |id: &str| Poll::Ready(Some(id.to_owned()));
        assert_eq!(told(pin!(inbox.next())), is_told("one"));
        assert_eq!(told(pin!(inbox.next())), is_told("two"));

        let mut waits = pin!(inbox.next());
        assert_eq!(told(waits.as_mut()), Poll::Pending);
        inbox.put(chosen("three"));
        inbox.put(chosen("four"));
        assert_eq!(told(waits), is_told("three"));
        assert_eq!(told(pin!(inbox.next())), is_told("four"));
    }

    #[test]
    fn what_happens_while_a_page_loads_is_told_to_it_and_not_to_the_one_before() {
        let inbox = Inbox::default();
        let mut before = pin!(inbox.next());
        assert_eq!(told(before.as_mut()), Poll::Pending);
        inbox.leave();
        inbox.put(chosen("one"));
        assert_eq!(told(before), Poll::Ready(None));
        assert_eq!(
            told(pin!(inbox.next())),
            Poll::Ready(Some("one".to_owned()))
        );
    }

    #[test]
    fn who_asks_last_is_told() {
        let inbox = Inbox::default();
        let (mut before, mut now) = (pin!(inbox.next()), pin!(inbox.next()));
        assert_eq!(told(before.as_mut()), Poll::Pending);
        assert_eq!(told(now.as_mut()), Poll::Pending);
        assert_eq!(told(before), Poll::Ready(None));
        inbox.put(chosen("one"));
        assert_eq!(told(now), Poll::Ready(Some("one".to_owned())));
    }
}
