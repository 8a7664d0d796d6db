//! A desk of its own for each test: a screen, a message bus, a driver and an empty home. All of
//! them are our own children, and end with the desk.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

/// The day it is on every desk, so that a story is the same whenever it is told.
pub(crate) const TODAY: &str = "2026-10-05";

const BUILT: &str = env!("CARGO_BIN_EXE_hubledger");

/// What the app and its driver write, beside the home.
const LOG: &str = "log";

/// Where a test's app runs.
pub(crate) struct Desk {
    /// The port the driver listens on.
    pub(crate) port: u16,
    home: TempDir,
    /// What every program of the desk is told.
    surroundings: Vec<(&'static str, OsString)>,
    // Ended in this order.
    manager: Option<Running>,
    driver: Running,
    _bus: Running,
    _screen: Running,
}

/// What the person has set on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Desk {
    /// Sets everything up and starts the driver; the driver starts the app.
    pub(crate) fn new(theme: Theme) -> Self {
        let home = tempfile::tempdir().expect("no room for a temporary folder");
        for folder in ["data", "config", "cache", "run", "files"] {
            std::fs::create_dir(home.path().join(folder)).expect("the new folder takes folders");
        }
        std::fs::write(home.path().join("answers"), "").expect("the new folder takes files");

        let (screen, display) = Running::telling(
            // The number of the first free display is told on the standard output.
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-nolisten", "tcp"])
                .args(["-screen", "0", "1280x900x24"]),
        );
        let (bus, bus_address) = Running::telling(
            // Its socket goes with the folder.
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .arg(format!("--address=unix:dir={}", home.path().display())),
        );
        let port = free_port();
        let surroundings = surroundings(home.path(), &display, bus_address, theme);
        let log = File::create(home.path().join(LOG)).expect("the new folder takes files");
        let errors = log.try_clone().expect("a file can be held twice");
        let driver = Running::spawn(
            Command::new("WebKitWebDriver")
                .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
                .env_remove("WAYLAND_DISPLAY")
                .envs(surroundings.iter().cloned())
                // Without it, the app waits for no driver and the driver for the app.
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .stdout(log)
                .stderr(errors),
        );
        Self {
            port,
            home,
            surroundings,
            manager: None,
            driver,
            _bus: bus,
            _screen: screen,
        }
    }

    /// The number of the driver's process: the app is its child.
    pub(crate) fn driver(&self) -> u32 {
        self.driver.0.id()
    }

    /// Starts the app once more on this desk, as a double click on a file does, and waits until that
    /// start ends.
    pub(crate) fn start_again(&self, arguments: &[&str]) -> ExitStatus {
        Command::new(app())
            .args(arguments)
            .env_remove("WAYLAND_DISPLAY")
            .envs(self.surroundings.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("the app starts")
    }

    /// Has a window manager draw frames, and move, enlarge and close windows, as on a real desk.
    pub(crate) fn manage_windows(&mut self) {
        let mut openbox = Command::new("openbox");
        openbox.envs(self.surroundings.iter().cloned());
        self.manager = Some(Running::start(openbox.stdout(Stdio::null())));
    }

    /// Sets that nothing is to move on this desk, as the settings of a desktop do.
    pub(crate) fn still(&self) {
        let folder = self.home.path().join("config").join("gtk-3.0");
        std::fs::create_dir(&folder).expect("the settings take folders");
        let settings = "[Settings]\ngtk-enable-animations=0\n";
        std::fs::write(folder.join("settings.ini"), settings).expect("the settings take files");
    }

    /// Presses keys where the window manager hears them, as in `alt+F4`.
    pub(crate) fn press(&self, keys: &str) {
        let pressed = Command::new("xdotool")
            .args(["key", keys])
            .envs(self.surroundings.iter().cloned())
            .status();
        assert!(
            pressed.is_ok_and(|status| status.success()),
            "xdotool does not press keys: run `make setup`"
        );
    }

    /// Clicks on a place of the screen: the driver reaches the page alone.
    pub(crate) fn click_at(&self, x: u32, y: u32) {
        let clicked = Command::new("xdotool")
            .args(["mousemove", &x.to_string(), &y.to_string(), "click", "1"])
            .envs(self.surroundings.iter().cloned())
            .status();
        assert!(
            clicked.is_ok_and(|status| status.success()),
            "xdotool does not click: run `make setup`"
        );
    }

    /// All that the app and its driver have written.
    pub(crate) fn log(&self) -> String {
        let bytes = std::fs::read(self.home.path().join(LOG)).expect("the log can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The folder that everything of this desk lies in: files, settings, caches, the log.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder a person of the story keeps their files in.
    pub(crate) fn files(&self) -> PathBuf {
        self.home.path().join("files")
    }

    /// While this file is there, long work waits wherever it looks whether to go on.
    pub(crate) fn hold(&self) -> PathBuf {
        self.home.path().join("hold")
    }

    /// Where the app looks for its answers instead of asking in a dialog of the system.
    pub(crate) fn answers(&self) -> PathBuf {
        self.home.path().join("answers")
    }
}

fn surroundings(
    home: &Path,
    display: &str,
    bus_address: String,
    theme: Theme,
) -> Vec<(&'static str, OsString)> {
    let within = |name: &str| home.join(name).into_os_string();
    vec![
        ("DISPLAY", format!(":{display}").into()),
        ("DBUS_SESSION_BUS_ADDRESS", bus_address.into()),
        ("HOME", within("files")),
        ("XDG_DATA_HOME", within("data")),
        ("XDG_CONFIG_HOME", within("config")),
        ("XDG_CACHE_HOME", within("cache")),
        ("XDG_RUNTIME_DIR", within("run")),
        ("HUBLEDGER_TEST_PATHS", within("answers")),
        ("HUBLEDGER_TEST_HOLD", within("hold")),
        (
            "HUBLEDGER_TODAY",
            std::env::var_os("HUBLEDGER_TODAY").unwrap_or_else(|| TODAY.into()),
        ),
        ("GTK_THEME", theme.gtk_name().into()),
        ("GDK_BACKEND", "x11".into()),
        ("NO_AT_BRIDGE", "1".into()),
        ("LANG", "C.UTF-8".into()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()),
    ]
}

impl Theme {
    fn gtk_name(self) -> &'static str {
        match self {
            Self::Light => "Adwaita",
            Self::Dark => "Adwaita:dark",
        }
    }
}

/// Where pictures go: `target/window`.
pub(crate) fn pictures() -> PathBuf {
    let target = Path::new(BUILT).ancestors().nth(2).map(Path::to_path_buf);
    let folder = target.expect("the app lies under target").join("window");
    std::fs::create_dir_all(&folder).expect("target takes folders");
    folder
}

/// The app that Cargo built for this test, or the one that `HUBLEDGER_APP` names.
pub(crate) fn app() -> PathBuf {
    std::env::var_os("HUBLEDGER_APP").map_or_else(|| PathBuf::from(BUILT), PathBuf::from)
}

/// A program we started, ended by its own handle.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        Self::spawn(command.stderr(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        match command.stdin(Stdio::null()).spawn() {
            Ok(child) => Self(child),
            Err(error) => panic!("{name} does not start ({error}): run `make setup`"),
        }
    }

    /// Starts a program that tells one line of what it found.
    fn telling(command: &mut Command) -> (Self, String) {
        let mut running = Self::start(command.stdout(Stdio::piped()));
        let mut line = String::new();
        let output = running.0.stdout.take().expect("the output is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("the program says something");
        let told = line.trim().to_owned();
        assert!(
            !told.is_empty(),
            "{:?} ended at once",
            command.get_program()
        );
        (running, told)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("a port is free")
        .port()
}
