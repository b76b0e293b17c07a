//! Documents that go with credentials: links to files of the university's, and OpenCerts.

use std::os::unix::fs::symlink;

use super::{RESULTS, added, configure, import, imported, told, world};
use crate::world::World;

const DOMAINS: &str = "document_domains = [\"Files.Northfield.example\"]";

const LINKED: &str = "\
student_id,full_name,email,course_name,conferral_year,document_url
s1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,https://files.northfield.example/c/Needle9f3e.pdf?key=Straw
s2,Ben Okafor,ben@mailbox.example,Master of Science,2024,
";

const CERTIFIED: &str = "\
student_id,full_name,email,course_name,conferral_year,open_cert
s1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,certificates/s1.json
s2,Ben Okafor,ben@mailbox.example,Master of Science,2024,N/A
";

/// An OpenCert of somebody, as the tools of OpenAttestation write it.
fn open_cert(of: &str) -> String {
    let hash = "5d".repeat(32);
    format!(
        r#"{{
  "version": "https://schema.openattestation.com/2.0/schema.json",
  "data": {{ "recipient": {{ "name": "1b7f:string:{of}" }} }},
  "signature": {{ "type": "SHA3MerkleProof", "targetHash": "{hash}", "proof": [], "merkleRoot": "{hash}" }}
}}"#
    )
}

fn with_certificates(world: &World) {
    std::fs::create_dir(world.path("certificates")).unwrap();
    world.write("certificates/s1.json", open_cert("Mira Needle").as_bytes());
}

#[test]
fn a_link_goes_with_the_award_as_a_pdf() {
    let (world, seek) = world();
    configure(&world, DOMAINS);
    imported(&world, LINKED, "education");
    let ids = added(&world, &seek);
    let mut documents: Vec<_> = ids.iter().map(|id| seek.seek.document(id).unwrap()).collect();
    documents.sort();
    let link = "https://files.northfield.example/c/Needle9f3e.pdf?key=Straw".to_owned();
    assert_eq!(documents, [("none".to_owned(), None), ("pdf".to_owned(), Some(link))]);
    // the data are the same as ever
    let names = ["awaiting_graduation", "conferral_year", "course_name", "education_provider", "full_name"];
    let told = seek.seek.credential(&ids[0]).unwrap();
    let members: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, [&names[..], &["has_majors", "majors", "with_honours"]].concat());
}

#[test]
fn a_test_result_stays_an_english_assessment_and_a_course_may_have_a_picture() {
    let (world, seek) = world();
    configure(&world, DOMAINS);
    let with = |roster: &str, link: &str| {
        let mut lines = roster.lines();
        let (header, row) = (lines.next().unwrap(), lines.next().unwrap());
        format!("{header},document_url\n{row},{link}\n")
    };
    imported(&world, &with(RESULTS, "https://files.northfield.example/report"), "english");
    let courses = with(super::COURSES, "https://files.northfield.example/badge.PNG");
    imported(&world, &courses.replace("s1,Mira Tan,mira", "s4,Ada Lim,ada"), "microcredential");
    let mut documents: Vec<_> =
        added(&world, &seek).iter().map(|id| seek.seek.document(id).unwrap()).collect();
    documents.sort();
    let link = |end: &str| Some(format!("https://files.northfield.example/{end}"));
    assert_eq!(
        documents,
        [("english_assessment".to_owned(), link("report")), ("png".to_owned(), link("badge.PNG"))]
    );
}

#[test]
fn an_open_cert_goes_as_the_text_of_its_file() {
    let (world, seek) = world();
    with_certificates(&world);
    imported(&world, CERTIFIED, "education");
    // what SEEK Pass is told is what the file held when it was imported
    std::fs::remove_file(world.path("certificates/s1.json")).unwrap();
    let ids = added(&world, &seek);
    let documents: Vec<_> = ids.iter().map(|id| seek.seek.document(id).unwrap()).collect();
    assert!(documents.contains(&("open_cert".to_owned(), Some(open_cert("Mira Needle")))), "{documents:?}");
    assert!(documents.contains(&("none".to_owned(), None)));
}

/// The roster is the same, so that only the file can tell.
#[test]
fn another_file_under_the_same_name_is_a_change_and_is_told_where_it_was_verified() {
    let (world, seek) = world();
    configure(&world, "");
    with_certificates(&world);
    imported(&world, CERTIFIED, "education");
    for id in added(&world, &seek) {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    // read once more in the same way, so that the bytes of the roster are known
    let again = import(&world, CERTIFIED, &["--json"]).json();
    assert_eq!(again["roster"]["unchanged"], 2);
    assert_eq!(again["changed_after_verified"], serde_json::json!([]), "SEEK Pass was told of the document");
    world.write("certificates/s1.json", open_cert("Mira Straw").as_bytes());
    let ran = import(&world, CERTIFIED, &["--json"]);
    assert_eq!(ran.json()["roster"]["changed"], 1, "{}", ran.stderr);
    assert_eq!(ran.json()["changed_after_verified"], serde_json::json!(["s1"]));
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("Bachelor of Arts, with an OpenCert: in SEEK Pass"), "{}", show.stdout);
    assert!(show.stdout.contains("changed: Bachelor of Arts: document"), "{}", show.stdout);
    assert!(show.stdout.contains("this changed since: document;"), "{}", show.stdout);
    assert!(!show.stdout.contains("Straw") && !show.stdout.contains("targetHash"), "{}", show.stdout);
    // settled by a person, it is news no more
    let settled = world.gradpass(&["list", "changed-after-verified"]);
    assert!(settled.stdout.contains("document"), "{}", settled.stdout);
}

#[test]
fn a_new_link_after_verification_is_told_without_the_link() {
    let (world, seek) = world();
    configure(&world, DOMAINS);
    imported(&world, LINKED, "education");
    for id in added(&world, &seek) {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let ran = import(&world, &LINKED.replace("Needle9f3e", "Needle7a01"), &[]);
    let told = [ran, world.gradpass(&["show", "s1"]), world.gradpass(&["list", "changed-after-verified"])];
    let told: Vec<_> = told.iter().map(|ran| [ran.stdout.as_str(), &ran.stderr].concat()).collect();
    let told = told.concat();
    assert!(told.contains("this changed since: document"), "{told}");
    assert!(!told.contains("Needle") && !told.contains("https://"), "{told}");
}

#[test]
fn every_mistake_of_a_document_has_its_place_and_repeats_no_link() {
    let (world, _seek) = world();
    configure(&world, DOMAINS);
    with_certificates(&world);
    world.write("certificates/not.json", b"%PDF-1.7 Needle");
    world.write("certificates/raw.json", open_cert("Needle").replace("signature", "unsigned").as_bytes());
    world.write("certificates/large.json", " ".repeat(1024 * 1024 + 1).as_bytes());
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("out.json"), open_cert("Needle")).unwrap();
    symlink(outside.path().join("out.json"), world.path("certificates/out.json")).unwrap();
    symlink(outside.path(), world.path("away")).unwrap();
    let cells = [
        ("http://files.northfield.example/Needle.pdf", ""),
        ("https://elsewhere.example/Needle.pdf", ""),
        ("https://below.files.northfield.example/Needle.pdf", ""),
        ("https://me@files.northfield.example/Needle.pdf", ""),
        ("https://203.0.113.7/Needle.pdf", ""),
        ("https://files.northfield.example/Needle.pdf#top", ""),
        ("https://files.northfield.example/Needle.png", ""),
        ("https://files.northfield.example/Needle.pdf;https://files.northfield.example/b.pdf", ""),
        ("https://files.northfield.example/Needle%zz.pdf", ""),
        ("https://files.northfield.example/Needle%00.pdf", ""),
        ("https://files.northfield.example/Needle.pdf/", ""),
        ("TBA", ""),
        ("https://files.northfield.example/Needle.pdf", "certificates/s1.json"),
        ("", "certificates/Needle.json"),
        ("", "/etc/hostname"),
        ("", "../Needle.json"),
        ("", "certificates/../certificates/s1.json"),
        ("", "certificates/out.json"),
        ("", "away/out.json"),
        ("", "certificates"),
        ("", "certificates/not.json"),
        ("", "certificates/raw.json"),
        ("", "certificates/large.json"),
    ];
    let rows = (1..).zip(cells).map(|(number, (link, file))| {
        format!("g{number},Ada Lim,g{number}@mailbox.example,Bachelor of Arts,2023,{link},{file}\n")
    });
    let header = "student_id,full_name,email,course_name,conferral_year,document_url,open_cert\n";
    let roster = header.to_owned() + &rows.collect::<String>();
    let (all, words) = told(&world, &roster, "education");
    assert_eq!(all.rejected, i64::try_from(cells.len()).unwrap(), "{words}");
    assert!(!words.contains("Needle"), "{words}");
    insta::assert_snapshot!("documents", words);
}

#[test]
fn rows_of_one_award_with_different_documents_contradict_each_other() {
    let (world, _seek) = world();
    configure(&world, DOMAINS);
    let header = "student_id,full_name,email,course_name,conferral_year,majors,document_url\n";
    let row = |major: &str, name: &str| {
        format!(
            "s1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,{major},https://files.northfield.example/{name}\n"
        )
    };
    let (_, words) =
        told(&world, &[header, &row("History", "a.pdf"), &row("Law", "b.pdf")].concat(), "education");
    assert!(words.contains("the document of the same qualification differs from line 3"), "{words}");
    let (agreed, words) =
        imported(&world, &[header, &row("History", "a.pdf"), &row("Law", "a.pdf")].concat(), "education");
    assert_eq!(agreed.merged.new, 1, "{words}");
    assert_eq!(world.count("SELECT count(*) FROM hold"), 0);
}

/// A column that was filled down would send one graduate's document for everybody.
#[test]
fn a_document_of_several_students_is_nobodys() {
    let (world, _seek) = world();
    configure(&world, DOMAINS);
    let header = "student_id,full_name,email,course_name,conferral_year,document_url\n";
    let row = |number: usize, name: &str| {
        format!(
            "s{number},Graduate {number},g{number}@mailbox.example,Bachelor of Arts,2023,https://files.northfield.example/{name}\n"
        )
    };
    let rows: String =
        (1..=4).map(|number| row(number, if number == 4 { "own.pdf" } else { "a.pdf" })).collect();
    let (first, words) = told(&world, &[header, &rows].concat(), "education");
    assert_eq!((first.rejected, first.merged.new), (3, 1), "{words}");
    assert!(
        words.contains(
            "line 2, column 6 (document_url), student s1: is the document of student s3, too, and a document is about one \
             graduate; give each their own"
        ),
        "{words}"
    );
    // beside rows that the ledger holds as they are, and in an addition
    let own: String = (1..=4).map(|number| row(number, &format!("{number}.pdf"))).collect();
    assert_eq!(told(&world, &[header, &own].concat(), "education").0.rejected, 0);
    let (next, words) = told(&world, &[header, &own, &row(5, "2.pdf")].concat(), "education");
    assert_eq!((next.rejected, next.merged.new), (2, 0), "{words}");
    world.write("late.csv", [header, &row(6, "3.pdf")].concat().as_bytes());
    let added = world.gradpass(&["import", "--add", "late.csv"]);
    assert!(added.code == 1 && added.stderr.contains("is the document of student s3, too"), "{added:?}");
    // that two have each the other's is corrected by an addition, too
    let swapped = row(1, "2.pdf") + &row(2, "1.pdf");
    world.write("late.csv", (header.to_owned() + &swapped).as_bytes());
    let added = world.gradpass(&["--json", "import", "--add", "late.csv"]);
    let roster = &added.json()["roster"];
    assert_eq!((&roster["changed"], &roster["rejected"]), (&2.into(), &0.into()), "{added:?}");
    let own = own.replace("1.pdf", "x.pdf").replace("2.pdf", "1.pdf").replace("x.pdf", "2.pdf");
    // two awards of one student may have one
    let two = row(4, "4.pdf").replace("Bachelor of Arts", "Master of Arts");
    assert_eq!(told(&world, &[header, &own, &two].concat(), "education").0.rejected, 0);
}

#[test]
fn a_link_without_a_declared_domain_says_which_setting_is_missing() {
    let (world, _seek) = world();
    let ran = import(&world, LINKED, &[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains(
            "line 2, column 6 (document_url), student s1: cannot be sent: the configuration names no domain for \
             documents; set document_domains"
        ),
        "{}",
        ran.stderr
    );
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 1, "nobody else is stopped");
    for wrong in
        ["https://files.northfield.example", "*.northfield.example", "192.0.2.7", "files", "a.example/b"]
    {
        let world = World::new();
        configure(&world, &format!("document_domains = [\"{wrong}\"]"));
        let ran = world.gradpass(&["config", "show"]);
        assert!(ran.stderr.contains("write names of servers alone"), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn a_test_result_takes_no_open_cert() {
    let (world, _seek) = world();
    with_certificates(&world);
    let mut lines = RESULTS.lines();
    let (header, row) = (lines.next().unwrap(), lines.next().unwrap());
    let (_, words) = told(&world, &format!("{header},open_cert\n{row},certificates/s1.json\n"), "english");
    assert!(
        words.contains(
            "(open_cert), student s1: cannot go with English test results: SEEK Pass takes a PDF alone"
        ),
        "{words}"
    );
}

#[test]
fn a_dry_run_shows_the_kind_and_makes_the_same_as_the_run() {
    let (world, seek) = world();
    configure(&world, "");
    with_certificates(&world);
    world.write("roster.csv", CERTIFIED.as_bytes());
    let dry = world.gradpass(&["--json", "run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert_eq!(dry.json()["roster"]["new"], 2, "{}", dry.stderr);
    let index = std::fs::read_to_string(world.path("preview/index.html")).unwrap();
    assert!(index.contains("with an OpenCert"), "{index}");
    // the plan is of the files, too
    let again = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]).json();
    assert_eq!(dry.json()["plan"], again["plan"]);
    world.write("certificates/s1.json", open_cert("Somebody else").as_bytes());
    let other = world.gradpass(&["--json", "run", "--dry-run", "roster.csv"]).json();
    assert_ne!(dry.json()["plan"], other["plan"]);
    let ran = world.gradpass(&["--json", "import", "roster.csv"]);
    assert_eq!(ran.json()["roster"]["new"], 2, "{}", ran.stderr);
    drop(seek);
}
