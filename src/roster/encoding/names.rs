//! Names for the tests, put together by chance from parts that are usual in a language.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// How the parts of a name stand beside one another.
const SPACED: &str = " ";
const JOINED: &str = "";

/// Language, what stands between the parts, first parts, second parts.
pub(super) const LANGUAGES: [(&str, &str, &str, &str); 16] = [
    (
        "French",
        SPACED,
        "Zoé Chloé Benoît François Noël Léa Hélène Jérôme Anaïs Théo Gaëlle Cécile Rémi André Inès",
        "Lefèvre Müller Gérard Côté Lévesque Françoise Bélanger Dubé Hébert Pelé Châtelain Crête Étienne Barthélémy",
    ),
    (
        "German",
        SPACED,
        "Jürgen Jörg Käthe Björn Günter Sören Bärbel Lukas Anna Zoë Götz Uwe",
        "Müller Schäfer Köhler Groß Weiß Böhm Jäger Krüger Schröder Vögel Strauß Bäcker",
    ),
    (
        "Spanish",
        SPACED,
        "José María Sofía Ramón Andrés Inés Raúl Belén Jesús Íñigo Álvaro Óscar Lucía",
        "Muñoz García Núñez Peña Pérez Ibáñez González Rodríguez Gómez Yáñez Martín Ordóñez",
    ),
    (
        "Portuguese",
        SPACED,
        "João Conceição Inês Simão Antônio Luís Assunção Fábio Vitória Júlia Tomás",
        "Magalhães Gonçalves Araújo Sebastião Falcão Leitão Brandão Guimarães Fonsêca Simões",
    ),
    (
        "Danish",
        SPACED,
        "Søren Jørgen Åse Bjørn Kåre Maja Øyvind Håkon Lærke",
        "Møller Sørensen Kjær Bøgh Østergård Nygård Sæther Tønnesen Åkesson Grøn",
    ),
    (
        "Polish",
        SPACED,
        "Łukasz Michał Paweł Małgorzata Grażyna Wacław Żaneta Bożena Stanisław Rafał",
        "Wójcik Żak Wiśniewski Dąbrowski Kozłowski Jabłoński Król Pawłowski Górski Rączka Śliwa Źrebiec Ćwik",
    ),
    (
        "Czech",
        SPACED,
        "Jiří Ondřej Tomáš Lukáš Anežka Zdeněk Kateřina Šárka Žaneta Václav Čeněk",
        "Dvořák Novák Svoboda Černý Procházka Kučera Veselý Horák Němec Růžička Šimek Žák Ďurica",
    ),
    (
        "Hungarian",
        SPACED,
        "Zoltán László Győző Dénes Ágnes Éva Gergő Zsófia Ernő Árpád Jenő",
        "Kővágó Szabó Tóth Kovács Erdős Győri Fűzesi Bíró Balázs Vörös Szűcs Őri",
    ),
    (
        "Turkish",
        SPACED,
        "Şeyma Yıldız Çağla Gökçe Özgür İrem Uğur Barış Ayşe Işıl Tuğba Doğan",
        "Yılmaz Öztürk Şahin Çelik Yıldırım Özdemir Kılıç Aydın Arslan Güneş Koç Erdoğan",
    ),
    (
        "Vietnamese",
        SPACED,
        "Nguyễn Trần Phạm Huỳnh Đặng Bùi Đỗ Ngô Dương Trương Lý Võ",
        "Thị\u{a0}Hồng Văn\u{a0}Đức Thùy\u{a0}Dương Quỳnh\u{a0}Như Minh\u{a0}Châu Ngọc\u{a0}Ánh Hữu\u{a0}Phước Bảo\u{a0}Trâm",
    ),
    (
        "Russian",
        SPACED,
        "Иван Анна Сергей Наталья Дмитрий Ольга Фёдор Юлия Алексей Ирина Пётр",
        "Иванова Смирнов Кузнецов Попова Васильев Соколов Новиков Щербаков Журавлёв Яковлев Ершов",
    ),
    (
        "Thai",
        SPACED,
        "สมชาย อรุณี ณัฐวุฒิ กนกวรรณ ปิยะ สุดารัตน์ ธนพล วิภา ชัยวัฒน์ นภา",
        "ใจดี พงษ์ไพบูลย์ ศรีสุข วงศ์สวัสดิ์ ทองดี แสงทอง รัตนกุล บุญมี สุขสันต์",
    ),
    (
        "traditional Chinese",
        JOINED,
        "陳 李 張 黃 何 林 吳 鄭 劉 梁 王 葉 羅 郭 鄧 楊 周 蔡 謝 馮 許 曾 歐陽 譚 鍾 關",
        "大文 欣怡 國強 嘉敏 志偉 美玲 子軒 詠詩 家豪 慧儀 穎琳 俊傑 曉彤 麗華 浩然 淑芬",
    ),
    (
        "simplified Chinese",
        JOINED,
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 欧阳",
        "伟 欣怡 敏 娜 秀英 静 丽华 建国 子涵 雨轩 思远 晓东 志强 佳琪 浩然 雪梅 文博",
    ),
    (
        "Japanese",
        JOINED,
        "山田 佐藤 鈴木 高橋 田中 渡辺 伊藤 中村 小林 加藤 吉田 斎藤 松本 井上",
        "太郎 花子 健一 美咲 翔太 さくら 陽子 大輔 直樹 ユミ 恵子 拓也 千尋",
    ),
    (
        "Korean",
        JOINED,
        "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황",
        "민준 서연 지훈 수빈 현우 지은 예진 동현 유나 성민 하늘 은지",
    ),
];

/// Different names of a language, all with letters beyond ASCII.
pub(super) fn names(language: &str, how_many: usize, rng: &mut StdRng) -> Vec<String> {
    let (_, between, first, second) =
        LANGUAGES.iter().find(|(name, ..)| *name == language).copied().unwrap_or_default();
    let [first, second] = [first, second].map(|parts| parts.split(' ').collect::<Vec<_>>());
    let mut names: Vec<String> = Vec::new();
    // two second parts make enough of them
    while names.len() < how_many {
        let part = |parts: &[&str], rng: &mut StdRng| {
            parts.choose(rng).map(|part| part.replace('\u{a0}', " ")).unwrap_or_default()
        };
        let mut name = [part(&first, rng), part(&second, rng)].join(between);
        if names.contains(&name) {
            name = [name, part(&second, rng)].join(between);
        }
        if !name.is_ascii() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
