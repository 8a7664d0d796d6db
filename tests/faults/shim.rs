//! A disk that can fail: a thin layer between SQLite and the file system. On the thread that asks
//! for it, one chosen write, truncation or sync fails; and what a power cut would leave of a file
//! is kept beside what the program sees. All other threads notice nothing.
//!
//! This is the one place with unsafe code: SQLite asks for a table of C functions.
#![allow(
    unsafe_code,
    reason = "SQLite's file interface is a table of C functions"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Once;

use rusqlite::ffi;

/// How a call to the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is written, the device reports an error.
    WriteError,
    /// Half is written before the error.
    ShortWrite,
    /// No room is left.
    DiskFull,
    /// What was written may never have reached the disk.
    SyncError,
}

/// What a power cut leaves of a file, and what is not yet certain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Platter {
    pub(crate) durable: Vec<u8>,
    pub(crate) pending: Vec<Change>,
}

#[derive(Clone, Debug)]
pub(crate) enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

impl Platter {
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Write(at, bytes) => {
                let end = at + bytes.len();
                if self.durable.len() < end {
                    self.durable.resize(end, 0);
                }
                self.durable[*at..end].copy_from_slice(bytes);
            }
            Change::Length(length) => self.durable.resize(*length, 0),
        }
    }
}

/// The files of the book, by name, as they are at a moment.
pub(crate) type Disk = BTreeMap<String, Platter>;

#[derive(Default)]
struct Plan {
    /// Which call fails, counted down, and how.
    fault: Option<(u32, Fault)>,
    fired: bool,
    /// Files whose names begin so are watched; none: nothing is.
    watched: Option<String>,
    disk: Disk,
    moments: Vec<Disk>,
}

thread_local! {
    static PLAN: RefCell<Plan> = RefCell::default();
}

/// Lets the `n`-th call of the kind fail, of this thread.
pub(crate) fn fail_at(n: u32, fault: Fault) {
    PLAN.with_borrow_mut(|plan| {
        plan.fault = Some((n, fault));
        plan.fired = false;
    });
}

/// Ends that, and tells whether the call came.
pub(crate) fn end_faults() -> bool {
    PLAN.with_borrow_mut(|plan| {
        plan.fault = None;
        plan.fired
    })
}

/// Watches the files of a book: what is in them now is on the disk.
pub(crate) fn watch(book: &str) {
    PLAN.with_borrow_mut(|plan| {
        plan.watched = Some(book.to_owned());
        plan.moments.clear();
        plan.disk = ["", "-wal"]
            .iter()
            .filter_map(|suffix| {
                let name = format!("{book}{suffix}");
                let durable = std::fs::read(&name).ok()?;
                Some((
                    name,
                    Platter {
                        durable,
                        pending: Vec::new(),
                    },
                ))
            })
            .collect();
    });
}

/// Ends that: the disk before each call that changed it, and as it is now.
pub(crate) fn end_watch() -> Vec<Disk> {
    PLAN.with_borrow_mut(|plan| {
        plan.watched = None;
        let mut moments = std::mem::take(&mut plan.moments);
        moments.push(std::mem::take(&mut plan.disk));
        moments
    })
}

impl Plan {
    /// Whether this call is the one that fails.
    fn fails(&mut self, is_sync: bool) -> Option<Fault> {
        let (left, fault) = self.fault.as_mut()?;
        if is_sync != (*fault == Fault::SyncError) {
            return None;
        }
        if *left > 0 {
            *left -= 1;
            return None;
        }
        let fault = *fault;
        // A disk that is full stays full, a broken one broken.
        self.fired = true;
        Some(fault)
    }

    fn platter(&mut self, name: &str) -> Option<&mut Platter> {
        let watched = self.watched.as_ref()?;
        if name != watched && name != format!("{watched}-wal") {
            return None;
        }
        self.moments.push(self.disk.clone());
        Some(self.disk.entry(name.to_owned()).or_default())
    }
}

#[repr(C)]
struct File {
    methods: *const ffi::sqlite3_io_methods,
    name: *const c_char,
    // The real file lies behind it.
}

/// The real file of ours.
///
/// # Safety
/// `file` was opened by `open`.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `szOsFile` leaves room for the real file behind ours.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// The file's name; temporary files have none.
unsafe fn name_of(file: *mut ffi::sqlite3_file) -> String {
    // SAFETY: SQLite keeps the name for as long as the file is open.
    unsafe {
        let name = (*file.cast::<File>()).name;
        if name.is_null() {
            String::new()
        } else {
            CStr::from_ptr(name).to_string_lossy().into_owned()
        }
    }
}

/// Calls that are handed on as they are.
macro_rules! handed_on {
    ($($name:ident($($arg:ident: $type:ty),*) -> $result:ty = $method:ident;)+) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($arg: $type),*) -> $result {
            // SAFETY: the real file is open, and its methods have this one.
            unsafe {
                let real = real(file);
                ((*(*real).pMethods).$method.expect("a method of a file"))(real, $($arg),*)
            }
        })+
    };
}

handed_on! {
    close() -> c_int = xClose;
    read(to: *mut c_void, n: c_int, at: i64) -> c_int = xRead;
    real_write(from: *const c_void, n: c_int, at: i64) -> c_int = xWrite;
    real_truncate(length: i64) -> c_int = xTruncate;
    real_sync(flags: c_int) -> c_int = xSync;
    file_size(to: *mut i64) -> c_int = xFileSize;
    lock(kind: c_int) -> c_int = xLock;
    unlock(kind: c_int) -> c_int = xUnlock;
    check_reserved(to: *mut c_int) -> c_int = xCheckReservedLock;
    control(op: c_int, with: *mut c_void) -> c_int = xFileControl;
    sector_size() -> c_int = xSectorSize;
    characteristics() -> c_int = xDeviceCharacteristics;
    shm_map(page: c_int, size: c_int, extend: c_int, to: *mut *mut c_void) -> c_int = xShmMap;
    shm_lock(offset: c_int, n: c_int, flags: c_int) -> c_int = xShmLock;
    shm_barrier() -> () = xShmBarrier;
    shm_unmap(delete: c_int) -> c_int = xShmUnmap;
    fetch(at: i64, n: c_int, to: *mut *mut c_void) -> c_int = xFetch;
    unfetch(at: i64, page: *mut c_void) -> c_int = xUnfetch;
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    n: c_int,
    at: i64,
) -> c_int {
    match PLAN.with_borrow_mut(|plan| plan.fails(false)) {
        Some(Fault::DiskFull) => return ffi::SQLITE_FULL,
        Some(Fault::ShortWrite) => {
            // SAFETY: half of what SQLite gave.
            unsafe { real_write(file, from, n / 2, at) };
            return ffi::SQLITE_IOERR_WRITE;
        }
        Some(_) => return ffi::SQLITE_IOERR_WRITE,
        None => {}
    }
    // SAFETY: SQLite gives `n` bytes, and the file is open.
    unsafe {
        let name = name_of(file);
        let length = usize::try_from(n).unwrap_or(0);
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), length).to_vec();
        PLAN.with_borrow_mut(|plan| {
            if let Some(platter) = plan.platter(&name) {
                let at = usize::try_from(at).unwrap_or(0);
                platter.pending.push(Change::Write(at, bytes));
            }
        });
        real_write(file, from, n, at)
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    if PLAN.with_borrow_mut(|plan| plan.fails(false)).is_some() {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    // SAFETY: the file is open.
    unsafe {
        let name = name_of(file);
        PLAN.with_borrow_mut(|plan| {
            if let Some(platter) = plan.platter(&name) {
                let length = usize::try_from(length).unwrap_or(0);
                platter.pending.push(Change::Length(length));
            }
        });
        real_truncate(file, length)
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if PLAN.with_borrow_mut(|plan| plan.fails(true)).is_some() {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    // SAFETY: the file is open.
    unsafe {
        let name = name_of(file);
        let done = real_sync(file, flags);
        PLAN.with_borrow_mut(|plan| {
            if let Some(platter) = plan.platter(&name) {
                for change in std::mem::take(&mut platter.pending) {
                    platter.apply(&change);
                }
            }
        });
        done
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};

unsafe extern "C" fn open(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: the file has room for ours and for the real one behind it.
    unsafe {
        let system = ffi::sqlite3_vfs_find(c"unix".as_ptr());
        let ours = file.cast::<File>();
        (*ours).methods = std::ptr::null();
        (*ours).name = name;
        let done = ((*system).xOpen.expect("a way to open"))(system, name, real(file), flags, out);
        if done == ffi::SQLITE_OK {
            (*ours).methods = &raw const METHODS;
        }
        done
    }
}

/// Puts the layer under every book that this process opens from now on.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the copy of the system's table lives for good, and differs in how a file is
        // opened alone.
        unsafe {
            ffi::sqlite3_initialize();
            let mut ours = *ffi::sqlite3_vfs_find(c"unix".as_ptr());
            ours.szOsFile += c_int::try_from(size_of::<File>()).expect("a small size");
            ours.zName = c"faulty".as_ptr();
            ours.xOpen = Some(open);
            ours.pNext = std::ptr::null_mut();
            let ours = Box::leak(Box::new(ours));
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
        }
    });
}
