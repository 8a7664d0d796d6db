//! Manners of a window on a desktop: it comes back where it was, and nothing moves for those who asked
//! for stillness.

use serde_json::{Value, json};

use crate::desk::{Desk, Theme};
use crate::window::{Window, key};

/// Where the window is and how large its inside is.
const PLACE: &str = "return [screenX, screenY, innerWidth, innerHeight]";

fn place(window: &Window) -> Option<Value> {
    window.script(PLACE, json!([]))
}

/// Waits until the window is where it was not before, and stays.
fn moved(window: &Window, from: &Value) -> Value {
    let mut last = None;
    window.until("the window to have its place", || {
        let now = place(window)?;
        let rests = now != *from && last.as_ref() == Some(&now);
        last = Some(now.clone());
        rests.then_some(now)
    })
}

/// Closes the window as a person does, and waits until the app is gone.
fn close(window: &Window) {
    window.desk().press("alt+F4");
    window.until("the app to end", || place(window).is_none().then_some(()));
}

#[test]
fn the_window_comes_back_where_it_was_and_as_large() {
    let mut desk = Desk::new(Theme::Light);
    desk.manage_windows();
    let window = Window::open_at(desk, &[]);
    let first = window.until("the window to have a place", || place(&window));
    window.place([130, 70, 1010, 720]);
    let put = moved(&window, &first);
    close(&window);

    let window = window.open_again();
    window.until("the window to be where it was", || {
        (place(&window)? == put).then_some(())
    });
    window.maximise();
    let whole = moved(&window, &put);
    assert_eq!(whole[2], 1280, "it is as wide as the screen: {whole}");
    close(&window);

    let window = window.open_again();
    window.until("the window to fill the screen again", || {
        (place(&window)? == whole).then_some(())
    });
}

/// Counts what moves from now on, frame by frame.
const WATCH: &str = "
    window.moved = new Set();
    window.frames = 0;
    const look = () => {
      window.frames += 1;
      for (const one of document.getAnimations()) window.moved.add(one.animationName ?? one.transitionProperty);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
";

/// Opens a dialog and puts it away; gives what moved meanwhile, and whether stillness is asked for.
fn what_moves(window: &Window) -> (Value, Value) {
    let frames = || window.script("return window.frames", json!([]))?.as_u64();
    let still = window.script(WATCH, json!([])).unwrap_or_default();
    let ten_frames_on = || {
        let begun = frames().unwrap_or_default();
        window.until("ten frames to pass", || {
            (frames()? > begun + 10).then_some(())
        });
    };
    window.click("Make a new book");
    window.see("One file keeps everything.");
    ten_frames_on();
    window.press(&[key::ESCAPE]);
    window.see_no_more("One file keeps everything.");
    ten_frames_on();
    let moved = window.script("return [...window.moved].sort()", json!([]));
    (moved.unwrap_or_default(), still)
}

#[test]
fn nothing_moves_for_those_who_asked_for_stillness() {
    let lively = Window::open();
    let (moved, still) = what_moves(&lively);
    assert_eq!(still, json!(false));
    // Else this test would see nothing move anywhere.
    let names = moved.to_string();
    assert!(names.contains("rise"), "a dialog rises: {names}");
    drop(lively);

    let desk = Desk::new(Theme::Light);
    desk.still();
    let window = Window::open_at(desk, &[]);
    let (moved, still) = what_moves(&window);
    assert_eq!(still, json!(true));
    assert_eq!(moved, json!([]));
}
