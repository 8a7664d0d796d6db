//! The one thread that answers the window. What an answer took of memory and gave back serves the
//! next one, where each of several threads would keep its own. So whatever takes long, or waits,
//! steps aside, and another thread answers on meanwhile.

use std::sync::Arc;

use tauri::ipc::Invoke;
use tokio::runtime::{Builder, Runtime};

/// What takes no time, and is answered where it comes in: all else may wait for the book that long work
/// has. The last of them waits by itself.
const AT_ONCE: [&str; 3] = ["job_progress", "cancel_job", "hear"];

/// Begins to answer. It ends when the runtime is dropped.
pub(crate) fn begin() -> std::io::Result<Runtime> {
    let runtime = one_thread()?;
    tauri::async_runtime::set(runtime.handle().clone());
    Ok(runtime)
}

fn one_thread() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
}

/// Has commands answered by the worker. Handed on here, and not by each command, as a task of its own kind
/// for each of them would be a twelfth of the program.
pub(crate) fn hand_on(
    answer: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    let answer = Arc::new(answer);
    move |invoke| {
        if AT_ONCE.contains(&invoke.message.command()) {
            return answer(invoke);
        }
        let answer = Arc::clone(&answer);
        tauri::async_runtime::spawn(async move {
            let command = invoke.message.command().to_owned();
            let resolver = invoke.resolver.clone();
            if !answer(invoke) {
                resolver.reject(format!("There is no command {command}."));
            }
        });
        true
    }
}

/// Runs what takes long or waits, while others are answered.
pub(crate) fn step_aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_waits_is_passed_by() {
        let worker = one_thread().unwrap();
        let (tell, told) = mpsc::channel();
        let waiting =
            worker.spawn(async { step_aside(move || told.recv_timeout(Duration::from_secs(20))) });
        worker.spawn(async move { tell.send("answered").unwrap() });
        assert_eq!(worker.block_on(waiting).unwrap(), Ok("answered"));
    }
}
