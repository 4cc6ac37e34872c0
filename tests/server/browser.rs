//! A real Chromium and the people before it. Each [`Device`] has cookies, storage and downloads of its own.
//!
//! Verbs are a user's: open, click, fill, sees. Every verb waits for what it needs and fails with a picture and
//! the page's text. Knows nothing of contests.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use chromiumoxide::{
    Browser, BrowserConfig, Command, Method, Page,
    cdp::browser_protocol::{
        browser::{SetDownloadBehaviorBehavior, SetDownloadBehaviorParams},
        dom::SetFileInputFilesParams,
        emulation::{
            SetDeviceMetricsOverrideParams, SetLocaleOverrideParams, SetScriptExecutionDisabledParams,
            SetTouchEmulationEnabledParams,
        },
        input::{DispatchTouchEventParams, DispatchTouchEventReturns, DispatchTouchEventType, TouchPoint},
        network::{Headers, SetExtraHttpHeadersParams},
        page::CaptureScreenshotFormat,
        target::{CreateBrowserContextParams, CreateTargetParams},
    },
    page::ScreenshotParams,
    types::MethodId,
};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

/// How long anything may take to appear. Generous, because two cores run everything.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(40);

pub struct Chromium {
    browser: Browser,
    folder: TempDir,
}

#[derive(Clone, Copy)]
pub struct Size(pub u32, pub u32);

pub const PHONE: Size = Size(390, 844);
pub const TABLET: Size = Size(1024, 768);
pub const DESKTOP: Size = Size(1280, 900);
pub const HALL: Size = Size(1920, 1080);

/// One person's browser window.
pub struct Device {
    pub name: String,
    page: Page,
    downloads: PathBuf,
    touch: AtomicBool,
}

impl Chromium {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = BrowserConfig::builder()
            .chrome_executable(executable())
            .no_sandbox()
            .user_data_dir(folder.path().join("profile"))
            .args([
                "disable-gpu",
                "disable-dev-shm-usage",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
                "no-first-run",
                "disable-quic",
                // Windows in the background must not be slowed: every device is on somebody's table.
                "disable-renderer-backgrounding",
                "disable-background-timer-throttling",
                "disable-backgrounding-occluded-windows",
            ])
            .launch_timeout(PATIENCE * 2)
            .request_timeout(PATIENCE)
            .build()
            .expect("a Chromium configuration");
        let (browser, mut handler) =
            Browser::launch(config).await.expect("Chromium starts; `make install` puts it in place");
        tokio::spawn(async move { while handler.next().await.is_some() {} });
        Self { browser, folder }
    }

    /// A new window in a profile of its own, in the given language (`zh-CN`, `en-US`).
    pub async fn device(&self, name: &str, size: Size, language: &str) -> Device {
        let context = self
            .browser
            .execute(CreateBrowserContextParams::default())
            .await
            .expect("a browser context")
            .result
            .browser_context_id;
        let target = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context.clone())
            .build()
            .expect("a target");
        let page = self.browser.new_page(target).await.expect("a page");
        let metrics = SetDeviceMetricsOverrideParams::builder()
            .width(size.0)
            .height(size.1)
            .device_scale_factor(1.0)
            .mobile(size.0 < 600)
            .build()
            .expect("metrics");
        page.execute(metrics).await.expect("the window's size");
        page.execute(SetLocaleOverrideParams::builder().locale(language).build()).await.expect("the locale");
        let headers = Headers::new(serde_json::json!({ "Accept-Language": language }));
        page.execute(SetExtraHttpHeadersParams::new(headers)).await.expect("the language header");
        let downloads = self.folder.path().join(format!("downloads-{name}"));
        std::fs::create_dir_all(&downloads).expect("a folder for downloads");
        let behaviour = SetDownloadBehaviorParams::builder()
            .behavior(SetDownloadBehaviorBehavior::Allow)
            .browser_context_id(context)
            .download_path(downloads.to_string_lossy())
            .build()
            .expect("a download folder");
        self.browser.execute(behaviour).await.expect("downloads go to a folder");
        Device { name: name.to_owned(), page, downloads, touch: AtomicBool::new(false) }
    }

    pub async fn stop(mut self) {
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
    }
}

fn executable() -> &'static Path {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .into_iter()
        .map(Path::new)
        .find(|path| path.exists())
        .expect("Chromium is installed; `make install` puts it in place")
}

impl Device {
    pub async fn open(&self, address: &str) {
        self.page.goto(address).await.unwrap_or_else(|error| panic!("{}: {address}: {error}", self.name));
    }

    /// From now on no script of a page runs.
    pub async fn without_scripts(&self) {
        self.page.execute(SetScriptExecutionDisabledParams::new(true)).await.expect("scripts are off");
        self.open("data:text/html,<noscript>off</noscript>").await;
        self.sees("off").await;
    }

    pub async fn reload(&self) {
        self.page.reload().await.expect("the page reloads");
    }

    pub async fn address(&self) -> String {
        self.page.url().await.expect("a page").unwrap_or_default()
    }

    /// Runs JavaScript and returns its value; fails while the page is changing.
    pub async fn try_eval<T: DeserializeOwned>(&self, script: &str) -> Option<T> {
        self.page.evaluate(script).await.ok()?.into_value().ok()
    }

    pub async fn eval<T: DeserializeOwned>(&self, script: &str) -> T {
        let started = Instant::now();
        let mut ticks = tokio::time::interval(POLL);
        loop {
            ticks.tick().await;
            if let Some(value) = self.try_eval(script).await {
                return value;
            }
            if started.elapsed() > PATIENCE {
                self.fails(&format!("no value from {script}")).await;
            }
        }
    }

    /// Waits until the JavaScript expression is true.
    pub async fn waits_until(&self, condition: &str) {
        let started = Instant::now();
        let mut ticks = tokio::time::interval(POLL);
        loop {
            ticks.tick().await;
            if self.try_eval::<bool>(&format!("!!({condition})")).await == Some(true) {
                return;
            }
            if started.elapsed() > PATIENCE {
                self.fails(&format!("never true: {condition}")).await;
            }
        }
    }

    /// Waits until the page shows this text.
    pub async fn sees(&self, text: &str) {
        self.waits_until(&format!("document.body && document.body.innerText.includes({})", quoted(text))).await;
    }

    /// Waits until the page no longer shows this text.
    pub async fn sees_no(&self, text: &str) {
        self.waits_until(&format!("document.body && !document.body.innerText.includes({})", quoted(text))).await;
    }

    pub async fn text(&self) -> String {
        self.eval("document.body.innerText").await
    }

    /// Clicks what the selector finds, as soon as it is there, visible and enabled.
    pub async fn click_on(&self, selector: &str) {
        self.click_found(&format!("document.querySelector({})", quoted(selector))).await;
    }

    /// Clicks the button, link, tab or label with this text.
    pub async fn click(&self, text: &str) {
        self.click_found(&format!("({FIND_BY_TEXT})({})", quoted(text))).await;
    }

    async fn click_found(&self, find: &str) {
        let point = format!(
            "(() => {{ const e = {find}; if (!e || e.disabled) return null; \
             e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); \
             const b = e.getBoundingClientRect(); if (!b.width) return null; \
             const x = b.x + b.width / 2, y = b.y + b.height / 2; \
             const top = document.elementFromPoint(x, y); \
             return top && (e.contains(top) || top.contains(e)) ? [x, y] : null; }})()"
        );
        let [x, y]: [f64; 2] = self.eval(&point).await;
        if !self.touch.load(Ordering::Relaxed) {
            self.page.click(chromiumoxide::layout::Point::new(x, y)).await.expect("a click");
            return;
        }
        let down = DispatchTouchEventParams::new(DispatchTouchEventType::TouchStart, vec![TouchPoint::new(x, y)]);
        self.page.execute(down).await.expect("a finger");
        let up = FingerUp { kind: "touchEnd", points: [] };
        self.page.execute(up).await.expect("no finger");
    }

    /// From now on clicks are taps of a finger.
    pub async fn by_touch(&self) {
        self.page.execute(SetTouchEmulationEnabledParams::new(true)).await.expect("a touch screen");
        self.touch.store(true, Ordering::Relaxed);
    }

    /// Types into the field with this label, replacing what is there.
    pub async fn fill(&self, label: &str, value: &str) {
        let script = format!(
            "(() => {{ const e = ({FIND_FIELD})({}); if (!e) return null; e.focus(); e.value = {}; \
             e.dispatchEvent(new Event('input', {{ bubbles: true }})); \
             e.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()",
            quoted(label),
            quoted(value)
        );
        let _: bool = self.eval(&script).await;
    }

    /// Chooses the option with this text in the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let script = format!(
            "(() => {{ const e = ({FIND_FIELD})({}); if (!e) return null; \
             const o = [...e.options].find(o => o.text.includes({})); if (!o) return null; e.value = o.value; \
             e.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()",
            quoted(label),
            quoted(option)
        );
        let _: bool = self.eval(&script).await;
    }

    /// Puts a file into the page's file field that the selector finds.
    pub async fn upload(&self, selector: &str, file: &Path) {
        self.waits_until(&format!("document.querySelector({})", quoted(selector))).await;
        let field = self.page.find_element(selector).await.expect("a file field");
        let files = SetFileInputFilesParams::builder()
            .file(file.to_string_lossy())
            .backend_node_id(field.backend_node_id)
            .build()
            .expect("a file");
        self.page.execute(files).await.expect("the file is chosen");
    }

    /// Presses keys of the keyboard, by their names.
    pub async fn presses(&self, keys: &[&str]) {
        let body = self.page.find_element(":focus").await;
        let target = match body {
            Ok(element) => element,
            Err(_) => self.page.find_element("body").await.expect("a page"),
        };
        for key in keys {
            target.press_key(*key).await.expect("a key");
        }
    }

    /// Clicks and returns the name and the bytes of the file that comes down.
    pub async fn downloads(&self, text: &str) -> (String, Vec<u8>) {
        self.forgets_downloads();
        self.click(text).await;
        self.downloaded(text).await
    }

    /// The same, by a selector.
    pub async fn downloads_from(&self, selector: &str) -> (String, Vec<u8>) {
        self.forgets_downloads();
        self.click_on(selector).await;
        self.downloaded(selector).await
    }

    fn forgets_downloads(&self) {
        for old in std::fs::read_dir(&self.downloads).expect("the folder").flatten() {
            let _ = std::fs::remove_file(old.path());
        }
    }

    async fn downloaded(&self, what: &str) -> (String, Vec<u8>) {
        let started = Instant::now();
        let mut ticks = tokio::time::interval(POLL);
        loop {
            ticks.tick().await;
            let finished = std::fs::read_dir(&self.downloads)
                .expect("the folder")
                .flatten()
                .find(|file| file.path().extension().is_none_or(|end| end != "crdownload"));
            if let Some(file) = finished {
                let name = file.file_name().to_string_lossy().into_owned();
                let bytes = std::fs::read(file.path()).expect("the download");
                if !bytes.is_empty() && !name.starts_with('.') {
                    return (name, bytes);
                }
            }
            if started.elapsed() > PATIENCE {
                self.fails(&format!("nothing was downloaded by {what}")).await;
            }
        }
    }

    /// Cuts or restores this window's network.
    #[expect(deprecated, reason = "its successor is experimental in the protocol")]
    pub async fn offline(&self, offline: bool) {
        use chromiumoxide::cdp::browser_protocol::network::EmulateNetworkConditionsParams as Conditions;
        self.page.execute(Conditions::new(offline, 0.0, -1.0, -1.0)).await.expect("the network");
    }

    /// Saves a picture when `LEITAI_PICTURES` names a folder.
    pub async fn picture(&self, name: &str) {
        if let Ok(folder) = std::env::var("LEITAI_PICTURES") {
            let _ = std::fs::create_dir_all(&folder);
            self.photograph(&Path::new(&folder).join(format!("{name}.png"))).await;
        }
    }

    async fn photograph(&self, file: &Path) {
        let params = ScreenshotParams::builder().format(CaptureScreenshotFormat::Png).build();
        if let Ok(bytes) = self.page.screenshot(params).await {
            let _ = std::fs::write(file, bytes);
        }
    }

    async fn fails(&self, what: &str) -> ! {
        let file = std::env::temp_dir().join(format!("leitai-{}.png", self.name));
        self.photograph(&file).await;
        let text: String = self.try_eval("document.body.innerText").await.unwrap_or_default();
        panic!("{}: {what}\n— at {} —\n{text}\n— picture: {} —", self.name, self.address().await, file.display());
    }
}

/// `Input.dispatchTouchEvent` at the end of a touch. The library's own leaves out a list of points that is empty, and
/// the browser wants to see it.
#[derive(Debug, serde::Serialize)]
struct FingerUp {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "touchPoints")]
    points: [(); 0],
}

impl Method for FingerUp {
    fn identifier(&self) -> MethodId {
        "Input.dispatchTouchEvent".into()
    }
}

impl Command for FingerUp {
    type Response = DispatchTouchEventReturns;
}

/// The innermost visible control whose text (or accessible name) is this; exact before partial.
const FIND_BY_TEXT: &str = "text => { \
    const all = [...document.querySelectorAll('button, a, summary, label, [role=tab], [role=button], input[type=submit]')] \
        .filter(e => e.getClientRects().length && !e.disabled); \
    const name = e => (e.getAttribute('aria-label') || e.innerText || e.value || '').trim(); \
    return all.find(e => name(e) === text) || all.find(e => (e.innerText || '').trim() === text) \
        || all.find(e => name(e).includes(text)) || all.find(e => (e.innerText || '').includes(text)); }";

const FIND_FIELD: &str = "text => { \
    const label = [...document.querySelectorAll('label')].filter(l => l.getClientRects().length) \
        .sort((a, b) => a.innerText.length - b.innerText.length).find(l => l.innerText.includes(text)); \
    if (label) return label.control || label.querySelector('input, select, textarea'); \
    return document.querySelector(`[aria-label=\"${text}\"], [name=\"${text}\"], [placeholder=\"${text}\"]`); }";

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}
