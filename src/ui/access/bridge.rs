//! Hands the access tree to the platform and brings back what assistive technology asks for.
//!
//! Linux speaks AT-SPI over D-Bus and needs no window. Windows and macOS attach to the window: open it with
//! `visible: false`, run [`Bridge::attach`] on `window::open_events`, then show it.

use accesskit::{ActionHandler, ActionRequest, ActivationHandler, DeactivationHandler, TreeUpdate};
use iced::futures::channel::mpsc;
use iced::window;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
struct Shared {
    requests: Vec<ActionRequest>,
    /// Somebody wants the tree: a screen reader, or a test.
    listening: bool,
    last: Option<TreeUpdate>,
    /// Wakes the event loop of iced.
    wake: Option<mpsc::UnboundedSender<()>>,
}

type Handle = Arc<Mutex<Shared>>;

/// What is behind the lock is whole at any moment, so a panic elsewhere doesn't spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Handler(Handle);

impl Handler {
    fn wake(&self) {
        if let Some(wake) = &lock(&self.0).wake {
            // Nobody listens any more when the program is closing.
            let _ = wake.unbounded_send(());
        }
    }
}

impl ActivationHandler for Handler {
    fn request_initial_tree(&mut self) -> Option<TreeUpdate> {
        // Nothing was collected while nobody listened; the redraw that this wakes collects it.
        let last = {
            let mut shared = lock(&self.0);
            shared.listening = true;
            shared.last.clone()
        };
        self.wake();
        last
    }
}

impl ActionHandler for Handler {
    fn do_action(&mut self, request: ActionRequest) {
        lock(&self.0).requests.push(request);
        self.wake();
    }
}

impl DeactivationHandler for Handler {
    fn deactivate_accessibility(&mut self) {
        let mut shared = lock(&self.0);
        shared.listening = false;
        shared.last = None;
    }
}

/// The way to the platform's accessibility service. Held in the application's state; cheap to clone.
#[derive(Clone)]
pub struct Bridge {
    scale: f32,
    shared: Handle,
    #[cfg(target_os = "linux")]
    adapter: Option<Arc<Mutex<accesskit_unix::Adapter>>>,
}

#[cfg(not(target_os = "linux"))]
thread_local! {
    static ADAPTER: std::cell::RefCell<Option<Native>> = const { std::cell::RefCell::new(None) };
}
#[cfg(windows)]
type Native = accesskit_windows::SubclassingAdapter;
#[cfg(target_os = "macos")]
type Native = accesskit_macos::SubclassingAdapter;

impl std::fmt::Debug for Bridge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bridge").field("scale", &self.scale).finish_non_exhaustive()
    }
}

impl Hash for Bridge {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.shared).hash(state);
    }
}

impl Bridge {
    /// Speaks to this platform's accessibility service.
    pub fn platform() -> Self {
        let shared = Handle::default();
        Self {
            scale: 1.0,
            #[cfg(target_os = "linux")]
            adapter: Some(Arc::new(Mutex::new(accesskit_unix::Adapter::new(
                Handler(Arc::clone(&shared)),
                Handler(Arc::clone(&shared)),
                Handler(Arc::clone(&shared)),
            )))),
            shared,
        }
    }

    /// Speaks to nobody, for tests; [`tree`](Self::tree) still tells what would have been said.
    pub fn detached() -> Self {
        let bridge = Self::unheard();
        lock(&bridge.shared).listening = true;
        bridge
    }

    /// Speaks to nobody and is listened to by nobody, as without a screen reader: for measuring what that costs.
    pub fn unheard() -> Self {
        Self {
            scale: 1.0,
            #[cfg(target_os = "linux")]
            adapter: None,
            shared: Handle::default(),
        }
    }

    /// Whether anybody wants the access tree. Nothing is collected for nobody.
    pub fn is_heard(&self) -> bool {
        lock(&self.shared).listening
    }

    /// Sets how many of the window's pixels one unit of the layout is.
    pub fn set_scale(&mut self, scale: f32) {
        self.scale = scale;
    }

    /// How many of the window's pixels one unit of the layout is.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Attaches to a window that isn't visible yet. Linux needs no window, so there it only answers.
    pub fn attach<M: Send + 'static>(&self, id: window::Id, done: M) -> iced::Task<M> {
        #[cfg(not(target_os = "linux"))]
        let shared = Arc::clone(&self.shared);
        window::run(id, move |window| {
            #[cfg(not(target_os = "linux"))]
            attach_native(window, &shared);
            #[cfg(target_os = "linux")]
            let _ = window;
            done
        })
    }

    /// Tells the platform whether the window has the keyboard.
    pub fn window_focus(&self, focused: bool) {
        #[cfg(target_os = "linux")]
        if let Some(adapter) = &self.adapter {
            lock(adapter).update_window_focus_state(focused);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = focused;
    }

    /// Yields once for each request from assistive technology. Any message redraws, and the redraw serves it.
    pub fn wakes(&self) -> impl iced::futures::Stream<Item = ()> + use<> {
        let (sender, receiver) = mpsc::unbounded();
        lock(&self.shared).wake = Some(sender);
        receiver
    }

    /// The access tree that was published last.
    pub fn tree(&self) -> Option<TreeUpdate> {
        lock(&self.shared).last.clone()
    }

    /// Asks as assistive technology would.
    pub fn ask(&self, request: ActionRequest) {
        Handler(Arc::clone(&self.shared)).do_action(request);
    }

    pub(super) fn take_requests(&self) -> Vec<ActionRequest> {
        std::mem::take(&mut lock(&self.shared).requests)
    }

    pub(super) fn publish(&self, update: TreeUpdate) {
        let mut shared = lock(&self.shared);
        if shared.last.as_ref() == Some(&update) {
            return;
        }
        shared.last = Some(update.clone());
        drop(shared);
        #[cfg(target_os = "linux")]
        if let Some(adapter) = &self.adapter {
            lock(adapter).update_if_active(|| update);
        }
        #[cfg(not(target_os = "linux"))]
        ADAPTER.with(|slot| {
            if let Some(adapter) = slot.borrow_mut().as_mut()
                && let Some(events) = adapter.update_if_active(|| update)
            {
                events.raise();
            }
        });
    }
}

#[cfg(windows)]
fn attach_native(window: &dyn window::Window, shared: &Handle) {
    use window::raw_window_handle::RawWindowHandle;

    if let Ok(RawWindowHandle::Win32(handle)) = window.window_handle().map(|h| h.as_raw()) {
        let hwnd = accesskit_windows::HWND(handle.hwnd.get() as *mut _);
        let adapter = Native::new(hwnd, Handler(Arc::clone(shared)), Handler(Arc::clone(shared)));
        ADAPTER.with(|slot| *slot.borrow_mut() = Some(adapter));
    }
}

#[cfg(target_os = "macos")]
fn attach_native(window: &dyn window::Window, shared: &Handle) {
    use window::raw_window_handle::RawWindowHandle;

    if let Ok(RawWindowHandle::AppKit(handle)) = window.window_handle().map(|h| h.as_raw()) {
        #[allow(unsafe_code)] // SAFETY: the view belongs to the window that iced keeps open while this runs.
        let adapter = unsafe {
            Native::new(handle.ns_view.as_ptr(), Handler(Arc::clone(shared)), Handler(Arc::clone(shared)))
        };
        ADAPTER.with(|slot| *slot.borrow_mut() = Some(adapter));
    }
}
