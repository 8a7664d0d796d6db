//! The few words of the WebDriver protocol we need, over plain HTTP to our own machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::desk::{Desk, app};

/// Slower than any honest wait on a busy machine of two cores.
const PATIENCE: Duration = Duration::from_secs(20);
/// The driver sometimes never takes a picture that it was asked for, and takes the next.
const PICTURE_PATIENCE: Duration = Duration::from_secs(4);
const PICTURE_TRIES: usize = 3;
/// What a measuring script may take.
const LONG: Duration = Duration::from_secs(240);
const PAUSE: Duration = Duration::from_millis(20);

/// The key under which the protocol hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The driver's picture waits for the page to draw something new, and a page at rest draws nothing:
/// for its while, a dot that nobody can see is drawn over and over.
const KEEP_DRAWING: &str = r#"
const dot = document.createElement('i');
dot.style.cssText = 'position:fixed;top:0;left:0;width:1px;height:1px;pointer-events:none';
document.body.append(dot);
let even = false;
const timer = setInterval(() => {
  even = !even;
  dot.style.background = even ? 'rgba(0,0,0,.004)' : 'rgba(0,0,0,.003)';
}, 16);
window.stopDrawing = () => { clearInterval(timer); dot.remove(); };
"#;

/// One app, opened by the driver.
pub(crate) struct Session {
    port: u16,
    path: String,
}

/// A handle to something on the page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

/// As the protocol hands it over, so that it can be an argument of a script.
impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({ELEMENT: self.0}).serialize(serializer)
    }
}

/// What the driver answered instead of a value.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) String);

impl Session {
    /// Opens the app with these arguments.
    pub(crate) fn open(desk: &Desk, arguments: &[&str]) -> Self {
        Self::open_program(desk, &app(), arguments)
    }

    /// Opens a program with these arguments.
    pub(crate) fn open_program(desk: &Desk, program: &Path, arguments: &[&str]) -> Self {
        let port = desk.port;
        wait_for("the driver to listen", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        let wish = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": {
            "binary": program, "args": arguments,
        }, "timeouts": {"script": LONG.as_millis()}}}});
        let opened = ask(port, "POST", "/session", Some(&wish)).expect("the driver opens the app");
        let id = opened["sessionId"].as_str().expect("a session has an id");
        Self {
            port,
            path: format!("/session/{id}"),
        }
    }

    pub(crate) fn title(&self) -> String {
        text(self.get("/title"))
    }

    /// Runs a piece of script as the body of a function.
    pub(crate) fn script(&self, body: &str, arguments: Value) -> Result<Value, Refusal> {
        let script = json!({"script": body, "args": arguments});
        self.post("/execute/sync", &script)
    }

    /// Runs a piece of script that may take minutes.
    pub(crate) fn long_script(&self, body: &str) -> Result<Value, Refusal> {
        let script = json!({"script": body, "args": []});
        let path = format!("{}/execute/sync", self.path);
        ask_within(LONG, self.port, "POST", &path, Some(&script))
    }

    /// Runs a piece of script whose value is an element or nothing.
    pub(crate) fn element(&self, body: &str, arguments: Value) -> Option<Element> {
        let found = self.script(body, arguments).ok()?;
        Some(Element(found[ELEMENT].as_str()?.to_owned()))
    }

    pub(crate) fn click(&self, element: &Element) -> Result<(), Refusal> {
        self.on(element, "/click", &json!({}))
    }

    pub(crate) fn clear(&self, element: &Element) -> Result<(), Refusal> {
        self.on(element, "/clear", &json!({}))
    }

    pub(crate) fn type_into(&self, element: &Element, words: &str) -> Result<(), Refusal> {
        // A new line is a key too.
        let keys = words.replace('\n', "\u{e007}");
        self.on(element, "/value", &json!({"text": keys}))
    }

    /// Presses keys together, as in Control and K, wherever the focus is.
    pub(crate) fn press(&self, keys: &[char]) -> Result<(), Refusal> {
        let down = keys
            .iter()
            .map(|key| json!({"type": "keyDown", "value": key}));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({"type": "keyUp", "value": key}));
        let presses: Vec<Value> = down.chain(up).collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": presses});
        self.post("/actions", &json!({"actions": [keyboard]}))?;
        Ok(())
    }

    /// Puts the window at a place of the screen, in a size.
    pub(crate) fn place(&self, [x, y, width, height]: [u32; 4]) {
        let place = json!({"x": x, "y": y, "width": width, "height": height});
        self.post("/window/rect", &place)
            .expect("the window takes a place");
    }

    /// Has the window fill the screen.
    pub(crate) fn maximise(&self) {
        self.post("/window/maximize", &json!({}))
            .expect("the window fills the screen");
    }

    pub(crate) fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height});
        self.post("/window/rect", &size)
            .expect("the window takes a size");
    }

    /// What the window shows, as a PNG file.
    pub(crate) fn picture(&self) -> Result<Vec<u8>, Refusal> {
        self.script(KEEP_DRAWING, json!([]))?;
        let path = format!("{}/screenshot", self.path);
        let taken = || ask_within(PICTURE_PATIENCE, self.port, "GET", &path, None);
        let picture = (1..PICTURE_TRIES).fold(taken(), |picture, _| picture.or_else(|_| taken()));
        self.script("window.stopDrawing()", json!([]))?;
        base64::prelude::BASE64_STANDARD
            .decode(text(picture?))
            .map_err(|error| Refusal(error.to_string()))
    }

    fn get(&self, what: &str) -> Value {
        ask(self.port, "GET", &format!("{}{what}", self.path), None).expect("the driver answers")
    }

    fn post(&self, what: &str, body: &Value) -> Result<Value, Refusal> {
        ask(
            self.port,
            "POST",
            &format!("{}{what}", self.path),
            Some(body),
        )
    }

    fn on(&self, element: &Element, what: &str, body: &Value) -> Result<(), Refusal> {
        self.post(&format!("/element/{}{what}", element.0), body)?;
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes the app; it may be closed already.
        let _ = ask(self.port, "DELETE", &self.path, None);
    }
}

/// Asks until there is an answer; stops the test when patience ends.
pub(crate) fn wait_for<T>(what: &str, answer: impl FnMut() -> Option<T>) -> T {
    wait(answer).unwrap_or_else(|| panic!("waited {} s for {what}", PATIENCE.as_secs()))
}

/// Asks until there is an answer or patience ends.
pub(crate) fn wait<T>(mut answer: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let answered = answer();
        if answered.is_some() || Instant::now() > end {
            return answered;
        }
        std::thread::sleep(PAUSE);
    }
}

fn text(value: Value) -> String {
    value.as_str().expect("the driver answers text").to_owned()
}

/// One question and its answer.
fn ask(port: u16, verb: &str, path: &str, body: Option<&Value>) -> Result<Value, Refusal> {
    ask_within(PATIENCE * 2, port, verb, path, body)
}

fn ask_within(
    patience: Duration,
    port: u16,
    verb: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<Value, Refusal> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let answer =
        exchange(patience, port, verb, path, &body).map_err(|error| Refusal(error.to_string()))?;
    let mut answer: Value =
        serde_json::from_slice(&answer).map_err(|error| Refusal(error.to_string()))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) => Err(Refusal(format!("{error}: {}", value["message"]))),
        None => Ok(value),
    }
}

fn exchange(
    patience: Duration,
    port: u16,
    verb: &str,
    path: &str,
    body: &str,
) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(patience))?;
    write!(
        stream,
        "{verb} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(told) = line.strip_prefix("content-length:") {
            length = told.trim().parse().unwrap_or_default();
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    Ok(answer)
}
