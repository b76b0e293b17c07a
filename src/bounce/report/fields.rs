//! Groups of header-like fields, as delivery statuses have them (RFC 3464 §2.1).

/// One group: names in lower case, values unfolded.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn first(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.trim().to_owned())
    }
}

/// The groups of a text; empty lines stand between them.
pub(super) fn groups(text: &str) -> impl Iterator<Item = Fields> {
    let mut groups = vec![Fields::default()];
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            groups.push(Fields::default());
            continue;
        }
        let Some(group) = groups.last_mut() else { continue };
        let field = line.split_once(':').filter(|(name, _)| is_name(name));
        match (field, group.0.last_mut()) {
            (Some((name, value)), _) if !line.starts_with([' ', '\t']) => {
                group.0.push((name.trim().to_lowercase(), value.to_owned()));
            }
            // folded; some systems forget the blank in front
            (_, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, None) => {}
        }
    }
    groups.into_iter().filter(|group| !group.0.is_empty())
}

fn is_name(name: &str) -> bool {
    let name = name.trim_end();
    !name.is_empty()
        && name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
