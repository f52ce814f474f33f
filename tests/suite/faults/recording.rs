//! What a session did to the files of one folder, read from a log of strace.

use std::collections::BTreeMap;
use std::path::Path;

/// What has to be in the log. With `-xx`, so that every byte is there, and with `-s` long enough.
pub(super) const TRACE: &str =
    "trace=openat,close,pwrite64,write,lseek,ftruncate,fsync,fdatasync,unlink,rename,linkat";

/// What the session did, in its order.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Create(String),
    Write(String, usize, Vec<u8>),
    Cut(String, usize),
    Sync(String),
    SyncFolder,
    Remove(String),
    Rename(String, String),
    Link(String, String),
    Said(String),
}

/// One line of the log: a call that did not fail.
struct Call<'l> {
    name: &'l str,
    arguments: &'l str,
    result: i64,
    /// The texts among the arguments.
    texts: Vec<Vec<u8>>,
}

impl<'l> Call<'l> {
    fn read(line: &'l str) -> Option<Self> {
        let (name, rest) = line.split_once(' ')?.1.trim_start().split_once('(')?;
        let (arguments, result) = rest.rsplit_once(" = ")?;
        let result = result.split(' ').next()?.parse().ok().filter(|result| *result >= 0)?;
        let quoted = arguments.split('"').enumerate().filter(|(nth, _)| nth % 2 == 1);
        let texts = quoted.map(|(_, text)| unescaped(text)).collect();
        Some(Self { name, arguments, result, texts })
    }

    fn descriptor(&self) -> i64 {
        self.arguments.split([',', ')']).next().and_then(|number| number.parse().ok()).unwrap_or(-1)
    }

    fn last_number(&self) -> usize {
        self.arguments.trim_end().trim_end_matches(')').rsplit(", ").next().unwrap().parse().unwrap()
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(&byte[..2], 16).unwrap()).collect()
}

/// Reads a log, of the files of one folder; the folder itself is the name that is empty.
pub(super) fn recorded(log: &str, folder: &Path) -> Vec<Step> {
    let mut recorder =
        Recorder { folder: folder.to_str().unwrap(), open: BTreeMap::new(), steps: Vec::new() };
    log.lines().filter_map(Call::read).for_each(|call| recorder.take(&call));
    recorder.steps
}

struct Recorder<'f> {
    folder: &'f str,
    /// Each open file with the place where it goes on.
    open: BTreeMap<i64, (String, usize)>,
    steps: Vec<Step>,
}

impl Recorder<'_> {
    fn inside(&self, path: &[u8]) -> Option<String> {
        let path = String::from_utf8_lossy(path).into_owned();
        path.strip_prefix(self.folder).map(|name| name.trim_start_matches('/').to_owned())
    }

    fn take(&mut self, call: &Call<'_>) {
        let descriptor = call.descriptor();
        match call.name {
            "openat" => self.opened(call),
            "close" => {
                self.open.remove(&descriptor);
            }
            "write" if descriptor == 1 => {
                let said = String::from_utf8_lossy(&call.texts[0]).into_owned();
                self.steps.extend(said.lines().map(|line| Step::Said(line.to_owned())));
            }
            "unlink" => self.steps.extend(self.inside(&call.texts[0]).map(Step::Remove)),
            "rename" | "linkat" => {
                let names = self.inside(&call.texts[0]).zip(self.inside(&call.texts[1]));
                let step = if call.name == "rename" { Step::Rename } else { Step::Link };
                self.steps.extend(names.map(|(from, to)| step(from, to)));
            }
            _ => self.on_file(call, descriptor),
        }
    }

    fn opened(&mut self, call: &Call<'_>) {
        let Some(name) = self.inside(&call.texts[0]) else {
            self.open.remove(&call.result);
            return;
        };
        if call.arguments.contains("O_CREAT") {
            self.steps.push(Step::Create(name.clone()));
        }
        if call.arguments.contains("O_TRUNC") {
            self.steps.push(Step::Cut(name.clone(), 0));
        }
        self.open.insert(call.result, (name, 0));
    }

    fn on_file(&mut self, call: &Call<'_>, descriptor: i64) {
        let Some((name, at)) = self.open.get_mut(&descriptor) else { return };
        let name = name.clone();
        match call.name {
            "pwrite64" => self.steps.push(Step::Write(name, call.last_number(), call.texts[0].clone())),
            "write" => {
                self.steps.push(Step::Write(name, *at, call.texts[0].clone()));
                *at += call.texts[0].len();
            }
            "lseek" => *at = usize::try_from(call.result).unwrap(),
            "ftruncate" => self.steps.push(Step::Cut(name, call.last_number())),
            "fsync" | "fdatasync" if name.is_empty() => self.steps.push(Step::SyncFolder),
            "fsync" | "fdatasync" => self.steps.push(Step::Sync(name)),
            _ => {}
        }
    }
}
