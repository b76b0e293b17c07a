//! The look that the stand-ins' pages share: at home on a phone, in the dark, and without any other file.

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#d0d7de;--soft:#57606a;--note:#fff8e1;--edge:#b7791f;--link:#0b5cad}\
@media(prefers-color-scheme:dark){:root{--line:#3d444d;--soft:#9aa4af;--note:#2b2410;--edge:#d9a441;--link:#8ab8f5}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:52rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
a{color:var(--link)}:focus-visible{outline:3px solid var(--edge);outline-offset:2px}\
h1{font-size:1.4rem;line-height:1.3;margin:.5rem 0 1rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}\
.note{background:var(--note);border-left:.3rem solid var(--edge);margin:0 0 1.25rem;padding:.5rem .75rem}\
.soft,dt{color:var(--soft)}\
ol{list-style:none;margin:0;padding:0}li{border-top:1px solid var(--line)}\
li a{color:inherit;display:block;padding:.6rem .25rem;text-decoration:none}li a:hover{text-decoration:underline}\
li span{display:block}li .subject{font-weight:600}\
nav,form{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}\
button{border:1px solid var(--link);border-radius:.4rem;background:none;color:var(--link);font:inherit;padding:.6rem 1rem}\
button:disabled{border-color:var(--line);color:var(--soft)}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .75rem;margin:0 0 1rem}dd{margin:0}\
iframe{border:1px solid var(--line);border-radius:.4rem;height:75vh;min-height:24rem;resize:vertical;width:100%}\
pre{border:1px solid var(--line);border-radius:.4rem;margin:0;padding:.75rem;white-space:pre-wrap}";

/// Makes text harmless inside elements and quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for symbol in text.chars() {
        match symbol {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A whole page; `title` is text, `note` (what this is a stand-in of) and `content` are HTML.
pub(super) fn frame(title: &str, note: &str, content: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{} · gradpass demo</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <p class=\"note\" role=\"note\">{note}</p>\n<main>\n{content}</main>\n</body>\n</html>\n",
        escape(title)
    )
}
