//! Which column is which: spellings, the configured mapping, Excel's first line and its quoted zeros.

use super::desk::Desk;

const ROW: &str = "00123,Mira Tan,mira@post.example,Bachelor of Science,2026";

fn ids(desk: &Desk) -> Vec<String> {
    desk.query("SELECT student_id FROM graduate ORDER BY id")
}

#[test]
fn headers_are_known_however_they_are_written() {
    for header in [
        "student_id,full_name,email,course_name,conferral_year",
        "STUDENT_ID,FULL_NAME,EMAIL,COURSE_NAME,CONFERRAL_YEAR",
        "Student ID, Full Name , E-Mail,Course Name,Conferral Year",
        "student-id,Full-Name,e mail address,Course.Name,Conferral-Year",
        "Stüdent Íd,Fúll Nàme,É-mail,Coürse,Yéar of conferral",
        "\"Student Number\",\"Name\",\"Email Address\",\"Award Title\",\"Graduation Year\"",
        "StudentNo,Legal Name,Personal E-Mail,Programme,Award Year",
        "SID,Graduate Name,Mail,Degree,Year Conferred",
        "Matriculation No,Student Name,Mail Address,Qualification,YearOfConferral",
    ] {
        let desk = Desk::new();
        assert_eq!(desk.import(format!("{header}\n{ROW}\n")), [1, 0, 0, 0, 0], "{header}");
        assert_eq!(desk.awards().len(), 1, "{header}");
    }
}

#[test]
fn columns_stand_in_any_order_among_others() {
    let desk = Desk::new();
    let text = "Faculty,Award,Year Conferred,Surname,E-mail,Forename,Remark,SID\n\
                Science,Bachelor of Science,2026,Tan,mira@post.example,Mira,\"sits, waits\",s1\n";
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    assert_eq!(
        desk.awards(),
        [
            "s1 Mira Tan <mira@post.example> - - bachelor of science \"Bachelor of Science\" 2026 - [] - | open | waiting"
        ]
    );
}

#[test]
fn the_configuration_maps_headers_that_are_not_known() {
    let text =
        "Matrikel,Voller Name,E-Mail,Abschluss,Jahr,Name\ns1,Mira Tan,mira@post.example,Arts,2026,Nickname\n";
    let desk = Desk::new();
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2);
    desk.configure(
        "[roster.columns]\nstudent_id = \"matrikel\"\nfull_name = \"VOLLER NAME\"\ncourse_name = \"Abschluss\"\n\
         conferral_year = \"Jahr\"",
    );
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    assert_eq!(desk.query("SELECT full_name FROM graduate"), ["Mira Tan"]);
}

#[test]
fn a_mapping_to_a_header_that_is_not_there_is_named() {
    let desk = Desk::new();
    desk.configure("[roster.columns]\nstudent_id = \"Matrikel\"");
    desk.write("roster.csv", format!("student_id,full_name,email,course_name,conferral_year\n{ROW}\n"));
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "error: roster.csv: has no column \"Matrikel\", which roster.columns.student_id asks for (read with , between the columns)\n"
        )
    );
    desk.configure("[roster.columns]\nstudnet_id = \"Matrikel\"");
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains(
            "line 15: roster.columns.studnet_id: there is no column `studnet_id`; there are `student_id`"
        ),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_column_that_stands_twice_is_named() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,Mail,course_name,conferral_year\ns1,Mira Tan,a@b.example,c@d.example,Arts,2026\n";
    desk.write("roster.csv", text);
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("has two columns for email (\"email\" in column 3 and \"Mail\" in column 4)"),
        "{}",
        ran.stderr
    );
    desk.configure("[roster.columns]\nemail = \"Mail\"");
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    assert_eq!(desk.query("SELECT email FROM graduate"), ["c@d.example"]);
}

#[test]
fn zeros_before_a_student_id_stay() {
    let desk = Desk::new();
    let header = "student_id,full_name,email,course_name,conferral_year";
    let text = format!(
        "{header}\n=\"00123\",Mira Tan,a@b.example,Arts,2026\n\"=\"\"00124\"\"\",Lea Tan,b@b.example,Arts,2026\n\
         00125,Ada Tan,c@b.example,Arts,2026\n"
    );
    assert_eq!(desk.import(text), [3, 0, 0, 0, 0]);
    assert_eq!(ids(&desk), ["00123", "00124", "00125"]);
}

#[test]
fn given_and_family_names_are_joined_and_one_is_enough() {
    let desk = Desk::new();
    let text = "student_id,given_names,family_name,email,course_name,conferral_year\n\
                s1,Suharto,,a@b.example,Arts,2026\ns2,,Suharto,b@b.example,Arts,2026\n\
                s3,  Mira   May ,van  der Berg,c@b.example,Arts,2026\n";
    assert_eq!(desk.import(text), [3, 0, 0, 0, 0]);
    let names = desk.query("SELECT full_name FROM graduate ORDER BY id");
    assert_eq!(names, ["Suharto", "Suharto", "Mira May van der Berg"]);
}

#[test]
fn excels_first_line_names_the_delimiter_and_is_no_header() {
    let rows = "student_id,full_name,email,course_name,conferral_year\r\n00123,Mira Tan,mira@post.example,Arts,2026\r\n";
    for text in [format!("sep=;\r\n{}", rows.replace(',', ";")), format!("\"sep=,\"\r\n{rows}")] {
        let desk = Desk::new();
        let bytes: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(desk.import(bytes), [1, 0, 0, 0, 0], "{text}");
        assert_eq!(ids(&desk), ["00123"]);
    }
}
