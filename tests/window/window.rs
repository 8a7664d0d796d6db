//! What a person sees and does in the window. Things are found by the words on them, and each
//! step waits until what it needs is there.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::desk::{Desk, Theme, pictures};
use crate::driver::{Element, Refusal, Session, wait};

/// Keys that have no letter.
pub(crate) mod key {
    #![allow(dead_code, reason = "a story takes the keys it needs")]
    pub(crate) const ENTER: char = '\u{e007}';
    pub(crate) const TAB: char = '\u{e004}';
    pub(crate) const ESCAPE: char = '\u{e00c}';
    pub(crate) const CONTROL: char = '\u{e009}';
    pub(crate) const SHIFT: char = '\u{e008}';
    pub(crate) const UP: char = '\u{e013}';
    pub(crate) const DOWN: char = '\u{e015}';
    pub(crate) const LEFT: char = '\u{e012}';
}

/// Finds what is seen, by its role and its name, in a dialog first if one is open. A name is the
/// label a screen reader would say: `aria-label`, a `<label>`, or the words inside.
const FIND: &str = r#"
const [kind, wanted] = arguments;
const kinds = {
  button: 'button, [role=button], [role=menuitem], [role=tab], summary',
  link: 'a[href], [role=link]',
  field: 'input, select, textarea, [role=combobox], [role=spinbutton], [role=textbox]',
  cell: 'td, th, [role=gridcell]',
};
const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true });
const byIds = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
const names = (e) => [
  e.getAttribute('aria-label'),
  byIds(e.getAttribute('aria-labelledby')),
  ...[...(e.labels ?? [])].map((label) => label.textContent),
  e.matches('input, select, textarea') ? e.getAttribute('placeholder') : (e.innerText ?? e.textContent),
].map(tidy).filter(Boolean);
const dialogs = [...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog]')].filter(seen);
for (const place of [...dialogs.reverse(), document]) {
  const things = [...place.querySelectorAll(kinds[kind])].filter((e) => seen(e) && !e.disabled);
  const found = things.find((e) => names(e).includes(wanted))
    ?? things.find((e) => names(e).some((name) => name.startsWith(wanted)));
  if (found) return found;
}
return null;
"#;

/// The option of a list with this name. The driver brings other things in sight itself.
const OPTION: &str = r#"
const [field, wanted] = arguments;
field.scrollIntoView({ block: 'nearest' });
return [...field.options].find((option) => option.label.trim() === wanted) ?? null;
"#;

/// What stands below a field and holds for a screen reader too, if the field is marked as wrong.
const WRONG: &str = r#"
const [field] = arguments;
if (field.getAttribute('aria-invalid') !== 'true') return null;
return document.getElementById(field.getAttribute('aria-describedby'))?.innerText ?? null;
"#;

/// Whether a row of a table or an item of a list has all of these words.
const TOGETHER: &str = r#"
const [words] = arguments;
return [...document.querySelectorAll('tr, [role=row], li')].some((line) =>
  line.checkVisibility() && words.every((word) => line.innerText.replace(/\u00a0/g, ' ').includes(word)));
"#;

/// Answers the question for news that the page waits with.
const SAY: &str = r#"
const { callbacks, runCallback } = window.__TAURI_INTERNALS__;
// An answer and a refusal are waited for: of nothing else than what happens next.
if (callbacks.size !== 2) return false;
runCallback([...callbacks.keys()][0], arguments[0]);
return true;
"#;

/// The open app.
pub(crate) struct Window {
    // Closed before the desk goes.
    session: Session,
    desk: Desk,
}

#[allow(dead_code, reason = "the words a story may be told with")]
impl Window {
    pub(crate) fn open() -> Self {
        Self::open_with(Theme::Light, &[])
    }

    /// Opens the app as somebody would who has this theme and starts it with these arguments.
    pub(crate) fn open_with(theme: Theme, arguments: &[&str]) -> Self {
        Self::open_at(Desk::new(theme), arguments)
    }

    /// Opens the app at a desk that was set up before.
    pub(crate) fn open_at(desk: Desk, arguments: &[&str]) -> Self {
        let session = Session::open(&desk, arguments);
        let window = Self { session, desk };
        window.until("the page to be there", || {
            window.text().filter(|text| !text.is_empty())
        });
        window
    }

    /// Closes the app and opens it again at the same desk, as the next morning.
    pub(crate) fn open_again(self) -> Self {
        let Self { session, desk } = self;
        drop(session);
        let session = Session::open(&desk, &[]);
        let window = Self { session, desk };
        window.until("the page to be there", || {
            window.text().filter(|text| !text.is_empty())
        });
        window
    }

    pub(crate) fn title(&self) -> String {
        self.session.title()
    }

    /// Waits until these words are somewhere on the page.
    pub(crate) fn see(&self, words: &str) {
        self.until(&format!("\"{words}\" to be seen"), || {
            self.text()?.contains(words).then_some(())
        });
    }

    /// Waits until these words are nowhere on the page.
    pub(crate) fn see_no_more(&self, words: &str) {
        self.until(&format!("\"{words}\" to go"), || {
            (!self.text()?.contains(words)).then_some(())
        });
    }

    /// Waits until the page has this heading.
    pub(crate) fn see_heading(&self, words: &str) {
        const HEADING: &str = "return document.querySelector('main h1')?.innerText";
        self.until(&format!("the heading \"{words}\""), || {
            (self.script(HEADING, json!([]))? == words).then_some(())
        });
    }

    /// Clicks a button, tab or menu item.
    pub(crate) fn click(&self, name: &str) {
        self.act("button", name, |element| self.session.click(element));
    }

    /// Follows a link, such as one of the sidebar.
    pub(crate) fn follow(&self, name: &str) {
        self.act("link", name, |element| self.session.click(element));
    }

    /// Clicks the row of a table, on the cell with these words.
    pub(crate) fn click_row(&self, words: &str) {
        self.act("cell", words, |element| self.session.click(element));
    }

    /// Puts words into a field in place of what stands there.
    pub(crate) fn fill(&self, field: &str, words: &str) {
        self.act("field", field, |element| {
            self.session.clear(element)?;
            self.session.type_into(element, words)
        });
    }

    /// Clicks a field: a box to tick, or a list to open.
    pub(crate) fn click_field(&self, field: &str) {
        self.act("field", field, |element| self.session.click(element));
    }

    /// Chooses from the list of a field.
    pub(crate) fn choose(&self, field: &str, option: &str) {
        self.act("field", field, |list| {
            let found = self.session.element(OPTION, json!([list, option]));
            let Some(found) = found else {
                return Err(Refusal(format!("it has no \"{option}\"")));
            };
            self.session.click(&found)
        });
    }

    /// Waits until a field is marked as wrong and these words stand beside it.
    pub(crate) fn see_wrong(&self, field: &str, words: &str) {
        self.until(&format!("\"{words}\" beside \"{field}\""), || {
            let field = self.session.element(FIND, json!(["field", field]))?;
            let said = self.script(WRONG, json!([field]))?;
            said.as_str()?.contains(words).then_some(())
        });
    }

    /// Waits until a field holds this text.
    pub(crate) fn see_in(&self, field: &str, text: &str) {
        self.until(&format!("\"{field}\" to hold \"{text}\""), || {
            let field = self.session.element(FIND, json!(["field", field]))?;
            let held = self.script("return arguments[0].value", json!([field]))?;
            (held == text).then_some(())
        });
    }

    /// Waits until a row of a table, or an item of a list, has all of these words.
    pub(crate) fn see_together(&self, words: &[&str]) {
        self.until(&format!("{words:?} on one line"), || {
            (self.script(TOGETHER, json!([words]))? == true).then_some(())
        });
    }

    /// Stops the story if the page says that something was refused or went wrong.
    pub(crate) fn see_no_refusal(&self) {
        const ALERTS: &str = "return [...document.querySelectorAll('[role=alert]')]\
            .map((alert) => alert.innerText.trim()).filter(Boolean).join('\\n')";
        let refusal = self.script(ALERTS, json!([]));
        if refusal != Some(json!("")) {
            self.keep_failure();
            panic!("the page refuses: {refusal:?}; see target/window/failed.png");
        }
    }

    /// Presses keys together; see [`key`].
    pub(crate) fn press(&self, keys: &[char]) {
        self.until("the keys to be taken", || self.session.press(keys).ok());
    }

    /// Types on the keyboard, one key after another, wherever the focus is.
    pub(crate) fn type_keys(&self, text: &str) {
        for letter in text.chars() {
            self.press(&[letter]);
        }
    }

    /// Waits until the focus is on the field of this name.
    pub(crate) fn see_focus(&self, field: &str) {
        self.until(&format!("the focus to be on \"{field}\""), || {
            let field = self.session.element(FIND, json!(["field", field]))?;
            let focused = "return document.activeElement === arguments[0]";
            (self.script(focused, json!([field]))? == true).then_some(())
        });
    }

    /// Says what the next dialog of the system will be answered with.
    pub(crate) fn answer_next_dialog(&self, path: &str) {
        let answers = self.desk.answers();
        let mut lines = std::fs::read_to_string(&answers).expect("the answers can be read");
        lines.push_str(path);
        lines.push('\n');
        std::fs::write(&answers, lines).expect("the answers can be written");
    }

    /// Has long work wait from now on, wherever it looks whether to go on.
    pub(crate) fn hold_work(&self) {
        std::fs::write(self.desk.hold(), "").expect("the home takes files");
    }

    /// Has long work go on.
    pub(crate) fn let_work_go(&self) {
        std::fs::remove_file(self.desk.hold()).expect("it was held");
    }

    /// A path in the folder the person of the story keeps their files in.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.desk.files().join(name)
    }

    /// Waits for something that is not on the page, such as a file.
    pub(crate) fn until<T>(&self, what: &str, answer: impl FnMut() -> Option<T>) -> T {
        wait(answer).unwrap_or_else(|| {
            self.keep_failure();
            panic!(
                "waited in vain for {what}; see target/window/failed.png. The page says:\n{}",
                self.text().unwrap_or_default()
            )
        })
    }

    /// Gives the window's inside this size.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        // To the driver, the menu bar is a part of the window.
        let bar = self.script("return outerHeight - innerHeight", json!([]));
        let bar = bar.as_ref().and_then(Value::as_u64).unwrap_or_default();
        self.session
            .resize(width, height + u32::try_from(bar).unwrap_or_default());
        self.until("the window to have its size", || {
            let size = self.script("return [innerWidth, innerHeight]", json!([]))?;
            (size == json!([width, height])).then_some(())
        });
    }

    /// Puts the window at a place of the screen, in a size, frame included.
    pub(crate) fn place(&self, place: [u32; 4]) {
        self.session.place(place);
    }

    /// Has the window fill the screen.
    pub(crate) fn maximise(&self) {
        self.session.maximise();
    }

    /// The desk that the window stands on.
    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Says what the app would say of the pointer, which no driver moves with files in hand.
    pub(crate) fn say(&self, news: &Value) {
        self.until("the page to wait for news and for nothing else", || {
            self.script(SAY, json!([news]))?
                .as_bool()
                .filter(|heard| *heard)
        });
    }

    /// Goes to a page of the UI by its address, as in `#/charges`.
    pub(crate) fn go(&self, route: &str) {
        self.script("location.hash = arguments[0]", json!([route]));
    }

    /// Waits until nothing moves any more, each page of a paper is drawn, and the words stay as they are.
    pub(crate) fn settled(&self) {
        const AT_REST: &str = "return document.fonts.status === 'loaded' \
            && document.getAnimations().every((a) => a.playState !== 'running') \
            && document.querySelector('[aria-busy=true]') === null \
            && [...document.querySelectorAll('section > .blank')].every((one) => one.clientWidth === 0) \
            && [...document.images].every((one) => one.complete)";
        let mut last = None;
        self.until("the page to come to rest", || {
            let now = self.text();
            let rests = now.is_some() && now == last && self.script(AT_REST, json!([]))? == true;
            last = now;
            rests.then_some(())
        });
    }

    /// Keeps what the window shows, once it rests, as `target/window/<name>.png`. It is for people
    /// to look at: a story goes on without.
    pub(crate) fn keep_picture(&self, name: &str) {
        self.settled();
        if let Ok(picture) = self.session.picture() {
            let _ = std::fs::write(pictures().join(format!("{name}.png")), picture);
        }
    }

    /// Keeps what the window shows as `target/window/<name>.png`.
    pub(crate) fn picture(&self, name: &str) {
        let picture = self.session.picture().expect("the window shows a picture");
        std::fs::write(pictures().join(format!("{name}.png")), picture)
            .expect("target takes pictures");
    }

    /// Everything that can be read on the page; a space that holds words together is a space.
    pub(crate) fn text(&self) -> Option<String> {
        const PLAIN_TEXT: &str = "return document.body.innerText.replace(/\\u00a0/g, ' ')";
        let text = self.script(PLAIN_TEXT, json!([]))?;
        text.as_str().map(str::to_owned)
    }

    /// Runs a script as the body of a function.
    pub(crate) fn script(&self, body: &str, arguments: Value) -> Option<Value> {
        self.session.script(body, arguments).ok()
    }

    /// Leaves a picture of where the story stopped, if there still is one.
    fn keep_failure(&self) {
        if let Ok(picture) = self.session.picture() {
            let _ = std::fs::write(pictures().join("failed.png"), picture);
        }
    }

    /// Finds something by its name and does something to it, until that worked: the page may draw
    /// it anew in between.
    fn act(&self, kind: &str, name: &str, act: impl Fn(&Element) -> Result<(), Refusal>) {
        let mut last = Refusal("it was not there".to_owned());
        let done = wait(|| {
            let element = self.session.element(FIND, json!([kind, name]))?;
            act(&element).map_err(|refusal| last = refusal).ok()
        });
        if done.is_none() {
            self.keep_failure();
            panic!(
                "the {kind} \"{name}\" could not be used ({}); see target/window/failed.png. The page says:\n{}",
                last.0,
                self.text().unwrap_or_default()
            );
        }
    }
}
