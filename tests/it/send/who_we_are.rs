//! How we name ourselves to the relay, and over which protocol it is reached.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use gradpass::sandbox::relay::{Act, Settings, Step, healthy, script};

use crate::world::{World, roster};

#[test]
fn the_relay_hears_the_name_of_the_configuration() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let world = World::with({
        let heard = Arc::clone(&heard);
        script(move |moment| {
            if moment.step == Step::Ehlo {
                heard.lock().unwrap().push(moment.argument.to_owned());
            }
            Act::Accept
        })
    });
    world.mail("connections = 1\nhelo = \"mailer.northfield.example\"");
    world.import(&roster(1..=2));
    assert_eq!(world.send().sent, 2);
    let heard = heard.lock().unwrap();
    assert!(!heard.is_empty() && heard.iter().all(|name| name == "mailer.northfield.example"), "{heard:?}");
}

#[test]
fn a_name_without_a_domain_is_a_mistake() {
    let world = World::new();
    world.mail("connections = 1\nhelo = \"mailer\"");
    let checked = world.gradpass(&["check"]);
    assert!(checked.stdout.contains("mail.helo: give a full name such as mailer.uni.example"), "{checked:?}");
}

#[test]
fn a_relay_may_have_an_address_of_version_six_alone() {
    let settings = Settings { listen: SocketAddr::from((Ipv6Addr::LOCALHOST, 0)), ..Settings::default() };
    let world = World::at(settings, healthy());
    assert!(std::fs::read_to_string(world.path("gradpass.toml")).unwrap().contains("smtp://[::1]:"));
    world.import(&roster(1..=2));
    assert_eq!(world.send().sent, 2);
    assert_eq!(world.relay.messages().len(), 2);
}

#[test]
fn a_server_of_mailboxes_is_spoken_to_in_its_protocol() {
    let world = World::new();
    let configuration = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &configuration.replace("smtp://", "lmtp://"));
    world.import(&roster(1..=3));
    assert_eq!(world.send().sent, 3);
    let hellos: Vec<_> = world.relay.commands().into_iter().filter(|line| line.contains("HLO ")).collect();
    assert!(hellos.len() == 1 && hellos[0].starts_with("1 LHLO "), "{hellos:?}");
}
