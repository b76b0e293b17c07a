//! Mails and pages speak of each type in its own words.

use super::{AWARDS, COURSES, RESULTS, imported, invite, mail_to, world};

#[test]
fn a_mail_speaks_of_what_it_lists() {
    let (world, _seek) = world();
    imported(&world, RESULTS, "english");
    invite(&world);
    let mail = mail_to(&world, "mira@mailbox.example");
    for words in [
        "Add your English test result to SEEK Pass",
        "Your English test result",
        "* Example English Test",
        "Result: 7.5 / 9, CEFR C1",
        "Issued by: Example Tests Ltd",
        "Date of the test: 2 May 2025",
        "Valid until: 2 May 2027",
        "Is your name or a test result wrong",
    ] {
        assert!(mail.replace('\n', " ").contains(words) || mail.contains(words), "{words}: {mail}");
    }
    for words in ["qualification", "Congratulations", "your studies", "onferred"] {
        assert!(!mail.contains(words), "{words}: {mail}");
    }
}

#[test]
fn several_types_are_credentials_and_awards_are_congratulated() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    imported(&world, COURSES, "microcredential");
    invite(&world);
    let mail = mail_to(&world, "mira@mailbox.example");
    for words in [
        "Add your credentials to SEEK Pass",
        "Congratulations on completing your studies",
        "Issued: 14 March 2025",
    ] {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    let courses = mail_to(&world, "suharto@mailbox.example");
    assert!(courses.contains("Add your course to SEEK Pass"), "{courses}");
    assert!(courses.contains("Issued by: ABC Management Academy"), "{courses}");
    let awards = mail_to(&world, "ben@mailbox.example");
    assert!(awards.contains("Add your qualification to SEEK Pass"), "{awards}");
}

#[test]
fn a_page_speaks_of_what_it_lists_in_every_language() {
    let (world, seek) = world();
    world.mail("connections = 1");
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let languages = "domains = [\"northfield.example\"]\nlanguages = [\"en\", \"id\", \"ms\", \"th\", \"vi\", \"zh-Hans\", \"zh-Hant\"]";
    let config = config.replace("domains = [\"northfield.example\"]", languages);
    let seek_pass = format!(
        "[seek_pass]\nbase_url = \"{}\"\nclient_id = \"sandbox\"\nclient_secret = \"sandbox-secret\"\nid_prefix = \"north\"\n",
        seek.seek.base_url()
    );
    world.write_private("gradpass.toml", &format!("{config}{seek_pass}"));
    let two = format!("{COURSES}s1,Mira Tan,mira@mailbox.example,Data Ethics,2025-06-01,,\n");
    imported(&world, &two, "microcredential");
    let codes = invite(&world);
    let (_, code) = codes.iter().find(|(to, _)| to == "mira@mailbox.example").unwrap();
    let service = world.serve();
    for (language, title, issued) in [
        ("en", "Your courses", "Issued: 14 March 2025"),
        ("id", "Kursus Anda", "Diterbitkan: 14 Maret 2025"),
        ("ms", "Kursus anda", "Dikeluarkan: 14 Mac 2025"),
        ("th", "หลักสูตรอบรมของท่าน", "วันที่ออกให้: 14 มีนาคม พ.ศ. 2568 (ค.ศ. 2025)"),
        ("vi", "Khóa học của Anh/Chị", "Ngày cấp: ngày 14 tháng 3 năm 2025"),
        ("zh-Hans", "您的课程", "颁发日期：2025年3月14日"),
        ("zh-Hant", "您的課程", "頒發日期：2025年3月14日"),
    ] {
        let page = service.visitor().submit(&[("code", code), ("language", language)]).body;
        let page = page.replace("&#x2f;", "/");
        assert!(page.contains(title) && page.contains(issued), "{language}: {page}");
        assert!(page.contains("85%"), "{page}");
    }
}

#[test]
fn show_and_report_name_the_type() {
    let (world, seek) = world();
    imported(&world, COURSES, "microcredential");
    let codes = invite(&world);
    world.serve().visitor().arrive(&codes[0].1);
    for id in seek.seek.ids() {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("1 course;") || show.stdout.contains("1 course,"), "{}", show.stdout);
    assert!(show.stdout.contains("Data Literacy (course, 2025-03-14): "), "{}", show.stdout);
    let json = world.gradpass(&["--json", "show", "s1"]).json();
    assert_eq!(json["qualification_states"][0]["type"], "microcredential");
    let report = world.gradpass(&["report", "--html", "report.html"]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let html = std::fs::read_to_string(world.path("report.html")).unwrap();
    assert!(html.contains("Data Literacy (course)"), "{html}");
}
