//! The real program as a service.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread::{self, JoinHandle};

use super::service::Visitor;
use super::{Ran, World};

/// `gradpass serve` at work; killed when it is dropped.
pub struct Serving {
    child: Child,
    address: String,
    said: Option<JoinHandle<String>>,
}

impl World {
    /// Starts `gradpass serve` with these arguments and `RUST_LOG`, and waits until it listens.
    pub fn serving(&self, arguments: &[&str], level: Option<&str>) -> Serving {
        let mut command = self.command(&[arguments, &["serve"]].concat());
        if let Some(level) = level {
            command.env("RUST_LOG", level);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let before = said.len();
            assert!(stderr.read_line(&mut said).unwrap() > 0, "it ended: {said}");
            if let Some(rest) = said[before..].strip_prefix("listening on http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        let said = thread::spawn(move || {
            stderr.read_to_string(&mut said).unwrap();
            said
        });
        Serving { child, address, said: Some(said) }
    }
}

impl Serving {
    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.address)
    }

    /// Ends it as an administrator does.
    pub fn terminate(mut self) -> Ran {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        Ran { code, stdout, stderr: self.said.take().unwrap().join().unwrap() }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // it may have ended already
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
