//! A stand-in for a token server, and a world whose relay takes what it gives.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use gradpass::sandbox::relay::{Script, Settings};

use crate::world::World;

/// A token server, and what it was asked.
pub(super) struct TokenServer {
    pub(super) address: SocketAddr,
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl TokenServer {
    /// One that answers the first, the second, … question with this status line and body. It ends with the test.
    pub(super) fn start(answer: impl Fn(usize) -> (&'static str, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let heard = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while stream.read_line(&mut line).unwrap() > 2 {
                    let header = line.to_ascii_lowercase();
                    length = header
                        .strip_prefix("content-length: ")
                        .map_or(length, |it| it.trim().parse().unwrap());
                    line.clear();
                }
                let mut form = vec![0; length];
                stream.read_exact(&mut form).unwrap();
                let number = {
                    let mut heard = heard.lock().unwrap();
                    heard.push(String::from_utf8(form).unwrap());
                    heard.len()
                };
                let (status, body) = answer(number);
                let beginning = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.get_mut().write_all((beginning + &body).as_bytes()).unwrap();
            }
        });
        Self { address, asked }
    }

    /// One that gives `private-token-1`, `private-token-2` and so on, each for an hour.
    pub(super) fn numbering() -> Self {
        Self::start(|number| ("200 OK", granted(number)))
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// A world whose relay takes `private-token-1`, by these mechanisms, and whose configuration says where it is to be had.
    pub(super) fn world(&self, mechanisms: &'static str, script: Script) -> World {
        let credentials = Some(("graduations".to_owned(), "private-token-1".to_owned()));
        let world = World::at(Settings { credentials, mechanisms, ..Settings::default() }, script);
        self.configure(&world, "connections = 1", "");
        world
    }

    /// Writes the configuration with these lines in `[mail]` and `[mail.oauth]`.
    pub(super) fn configure(&self, world: &World, mail: &str, oauth: &str) {
        world.write_private("oauth-secret", "private-secret\n");
        world.mail(&format!(
            "{mail}\nusername = \"graduations\"\n[mail.oauth]\ntoken_url = \"http://{}/tenant/token\"\n\
             client_id = \"mailer\"\nclient_secret_file = \"oauth-secret\"\n{oauth}",
            self.address
        ));
    }
}

pub(super) fn granted(number: usize) -> String {
    format!("{{\"access_token\":\"private-token-{number}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}")
}
