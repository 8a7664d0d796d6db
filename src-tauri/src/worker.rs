//! The one thread that answers the window. What an answer took of memory and gave back serves the
//! next one, where each of several threads would keep its own. So whatever takes long, or waits,
//! steps aside, and another thread answers on meanwhile.

use tokio::runtime::{Builder, Runtime};

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
