# Perkataan dalam bahasa Melayu. Cara menulis fail ini: docs/languages.md.

language = Bahasa Melayu

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month =
    { $month ->
        [1] Januari
        [2] Februari
        [3] Mac
        [4] April
        [5] Mei
        [6] Jun
        [7] Julai
        [8] Ogos
        [9] September
        [10] Oktober
        [11] November
       *[12] Disember
    }
moment = { $day } { month } { $year }, jam { $hour }:{ $minute } ({ $zone })
time-of-day = jam { $hour }:{ $minute } ({ $zone })

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = Jemputan { -seek-pass } anda daripada { $university }
subject-conferred = Telah dianugerahkan: jemputan { -seek-pass } anda daripada { $university }
subject-corrected = Pembetulan: jemputan { -seek-pass } anda daripada { $university }
subject-replacement = Kod baharu untuk jemputan { -seek-pass } anda daripada { $university } (menggantikan e-mel kami yang terdahulu)
subject-reminder = Peringatan: jemputan { -seek-pass } anda daripada { $university }
subject-lapsed = Belum selesai: jemputan { -seek-pass } anda daripada { $university }

## The mail

mail-title = Tambahkan { thing } anda pada { -seek-pass }
mail-greeting = Salam sejahtera { $name },
mail-congratulations = Tahniah atas kejayaan anda menamatkan pengajian di { $university }.
mail-conferred =
    <b>{ $count ->
        [1] Kelayakan anda kini telah dianugerahkan.
       *[other] Sekurang-kurangnya satu daripada kelayakan anda kini telah dianugerahkan.
    }</b>
    Maklumat yang anda tambahkan pada { -seek-pass } sebelum ini menyatakan bahawa anda masih menunggu konvokesyen. Maklumat itu kekal di sana; sila tambahkan sendiri maklumat yang baharu.
mail-corrected = <b>Kami telah membetulkan maklumat tentang anda.</b> Sebahagian maklumat yang anda tambahkan pada { -seek-pass } sebelum ini tidak lagi betul; sila tambahkan semula maklumat yang telah dibetulkan.
mail-replacement = <b>E-mel ini menggantikan e-mel kami yang terdahulu.</b> Sila gunakan kod dalam e-mel ini.
mail-invitation = Kami menjemput anda menambahkan { thing } anda, yang telah kami sahkan, pada { -seek-pass }. Di { -seek-pass }, graduan menyimpan kelayakan yang disahkan dan boleh menunjukkannya kepada majikan.
mail-valid-until = Sah sehingga { $moment }:
mail-open-link = Buka pautan ini. Kod anda sudah terisi di sana:
mail-button = Buka jemputan saya
mail-type-address = Jika anda tidak mahu membuka pautan, taip alamat ini dalam pelayar web anda dan masukkan kod di sana:
mail-opening-is-harmless = Membuka pautan atau halamannya tidak mengubah apa-apa. Hanya butang pada halaman itu yang melakukannya.
mail-next = Apabila anda menekan butang pada halaman itu, anda dibawa ke { -seek-pass } dan log masuk di sana. { -seek-pass } kemudian menghantar kata laluan sekali guna (OTP) miliknya sendiri melalui e-mel, ke alamat yang anda gunakan untuk log masuk. <b>Kod dalam e-mel ini bukan kata laluan itu.</b>
mail-personal-address = Sila log masuk dengan <b>alamat e-mel peribadi yang akan terus anda gunakan</b>.
mail-not-university-address = Sila log masuk dengan <b>alamat e-mel peribadi yang akan terus anda gunakan</b>, bukan alamat e-mel universiti anda: peti mel itu mungkin ditutup, dan penapisnya mungkin menahan e-mel daripada { -seek-pass }.
mail-no-password = Jika kata laluan sekali guna tidak tiba:
mail-no-password-wait = tunggu beberapa minit
mail-no-password-spam = semak folder spam anda
mail-no-password-again = minta { -seek-pass } menghantarnya sekali lagi
mail-no-password-address = cuba alamat e-mel lain
mail-finish = Sila selesaikan di { -seek-pass } dalam tempoh 48 jam, dan log masuk ke aplikasinya jika diminta. Jika anda kesuntukan masa, gunakan sahaja kod yang sama sekali lagi. Kod ini sah sehingga { thing } anda ada di { -seek-pass }, tetapi tidak selepas { $moment }.
mail-never-a-password = Kami tidak sekali-kali meminta kata laluan anda.
mail-do-not-forward = Sila jangan majukan e-mel ini. Kod ini untuk anda sahaja.
mail-is-it-wrong =
    Adakah nama atau { thing } anda salah, atau anda tidak menjangkakan e-mel ini? Sila hubungi kami sebelum menggunakan kod:
    { $support }
mail-regards = Yang benar,

## A reminder, which besides says what the mail says

mail-reminder = Kami telah menjemput anda tidak lama dahulu, tetapi belum ada apa-apa yang ditambahkan. Ini ialah peringatan, dengan kod baharu.
mail-lapsed = Anda telah mula menambahkan { thing } anda pada { -seek-pass }, tetapi prosesnya di sana belum selesai sepenuhnya dalam tempoh 48{ "\u00A0" }jam. <b>Tiada apa-apa yang hilang:</b> dengan kod di bawah, anda boleh bermula semula.
mail-still-to-add = Di { -seek-pass }, graduan menyimpan kelayakan yang disahkan dan boleh menunjukkannya kepada majikan. Inilah yang masih boleh anda tambahkan:
mail-opt-out = Jika anda tidak mahu diingatkan lagi, buka halaman ini dan tekan butang di sana. Kod anda masih boleh digunakan:

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] keputusan ujian bahasa Inggeris
        [microcredential] kursus
        [mixed] kredensial
       *[education] kelayakan
    }
# A day without a time.
day = { $day } { month } { $year }
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] Tarikh ujian: { day }
       *[other] Dikeluarkan: { day }
    }
valid-to = Sah sehingga: { day }
result = Keputusan: { $result }
issued-by = Dikeluarkan oleh: { $issuer }
your-qualifications =
    { $kind ->
        [english] Keputusan ujian bahasa Inggeris anda
        [microcredential] Kursus anda
        [mixed] Kredensial anda
       *[education] Kelayakan anda
    }
majors = Pengkhususan: { $majors }
honours = Kepujian: { $honours }
conferred = Dianugerahkan: { $year }
awaited = Pengajian tamat, menunggu konvokesyen
awaited-until = Pengajian tamat, menunggu konvokesyen (dijangka { $year })

## In mails and on pages

your-code = Kod anda
what-happens-next = Langkah seterusnya
safety-and-help = Keselamatan dan bantuan
no-more-reminders = Berhenti menerima peringatan

## Every page

error = Ralat:
choose-language = Bahasa
footer-never-a-password = Kami tidak sekali-kali meminta kata laluan pada halaman ini.
footer-address = Halaman ini milik kami jika alamat dalam pelayar web anda bermula dengan { $page }
footer-not-sure = Tidak pasti, atau ada yang salah? Jangan masukkan apa-apa, dan hubungi kami: { $support }

## The form for the code

form-title = { add-button }
form-where = Kami menjemput anda melalui e-mel. Kod anda ada dalam e-mel itu.
form-code-hint = 13 huruf dan angka. Huruf besar atau kecil, jarak dan tanda sempang tidak penting. Anda juga boleh menampal pautan daripada e-mel.
form-code-length = Kod ini terlalu pendek atau terlalu panjang. Kod mempunyai 13 huruf dan angka.
form-code-symbol = Ada aksara yang tidak digunakan dalam kod. Kod hanya mengandungi huruf dan angka, dan tidak sekali-kali huruf U: mungkin huruf V.
form-code-mistyped = Ada kesilapan menaip dalam kod ini. Sila bandingkan dengan kod dalam e-mel kami.
form-mistakes-are-harmless = Kesilapan menaip tidak mendatangkan apa-apa kesan.
example-date = 27/03/1999
example-date-in-words = 27 Mac 1999
form-birth = Tarikh lahir anda
form-birth-hint = Hari, bulan dan tahun, contohnya { example-date } atau { example-date-in-words }. Kami bertanya supaya orang lain tidak dapat menggunakan kod anda.
form-birth-missing = Sila masukkan tarikh lahir anda.
form-birth-shape = Tarikh ini tidak dapat kami baca. Sila tulis seperti { example-date }: hari, bulan dan tahun penuh.
form-student-id = Nombor pelajar anda
form-student-id-hint = Seperti pada kad pelajar anda. Kami bertanya supaya orang lain tidak dapat menggunakan kod anda.
form-student-id-missing = Sila masukkan nombor pelajar anda.
form-student-id-shape = Ini tidak kelihatan seperti nombor pelajar. Nombor itu mempunyai huruf dan angka, tanpa jarak.
add-button = Tambahkan pada { -seek-pass }
form-is-harmless = Tiada apa-apa berlaku sebelum anda menekan butang.
next-button = Apabila anda menekan butang, anda dibawa ke { -seek-pass }. Jika ada beberapa perkara yang boleh ditambahkan, anda memilih dahulu di sini yang mana hendak ditambahkan.
next-sign-in = Log masuk di { -seek-pass }, sebaik-baiknya dengan <b>alamat e-mel peribadi yang akan terus anda gunakan</b>.
next-password = { -seek-pass } menghantar kata laluan sekali guna (OTP) miliknya sendiri ke alamat itu. <b>Kod daripada kami bukan kata laluan itu.</b>
next-finish = Sila selesaikan di sana dalam tempoh 48{ "\u00A0" }jam. Jika anda kesuntukan masa, kembali dengan kod yang sama.

## The qualifications of a code

list-one-by-one = Tambahkan { thing } anda satu demi satu: tekan butang, selesaikan di { -seek-pass }, kemudian kembali dengan kod yang sama untuk yang seterusnya.
list-conferred = <b>Kelayakan anda kini telah dianugerahkan.</b> Maklumat yang anda tambahkan pada { -seek-pass } sebelum ini menyatakan bahawa anda masih menunggu konvokesyen; sila tambahkan semula maklumat yang baharu.
list-corrected = <b>Kami telah membetulkan { thing } ini.</b> Maklumat yang anda tambahkan pada { -seek-pass } sebelum ini tidak lagi betul; sila tambahkan semula maklumat yang telah dibetulkan.
list-addable = Belum ada di { -seek-pass }.
list-waiting = Dalam giliran. Permintaan anda disimpan dengan selamat, dan dihantar ke { -seek-pass } apabila tiba giliran anda.
list-added = Telah ditambahkan, tetapi belum selesai: sila terima di { -seek-pass }.
list-verified = Ada dalam { -seek-pass } anda, telah disahkan. Tiada apa-apa lagi yang perlu dilakukan.
list-rejected = { -seek-pass } tidak menerimanya seperti yang kami hantar. Kami yang perlu membetulkannya: sila hubungi { $support } dan nyatakan nombor pelajar anda.
list-waiting-button = Lihat kedudukan giliran saya
list-added-button = Teruskan di { -seek-pass }
list-is-it-wrong = Adakah apa-apa yang salah pada { thing } ini? Sila hubungi kami sebelum anda menambahkannya.

## In the queue

waiting-title = Anda dalam giliran
waiting-next = Anda yang seterusnya.
waiting-place = Anda nombor { $place } dalam giliran.
waiting-silent = { -seek-pass } tidak menjawab buat masa ini. Kami terus mencuba, tetapi tidak dapat menyatakan berapa lama.
waiting-soon = Kurang daripada satu minit lagi.
waiting-minutes = Kira-kira { $minutes } minit lagi.
waiting-hours = Kira-kira { $hours } jam lagi.
waiting-is-stored = <b>Permintaan anda disimpan dengan selamat.</b> Anda boleh menutup halaman ini dan kembali kemudian dengan kod yang sama: giliran anda kekal.
waiting-looks-again =
    { $seconds ->
        [1] Halaman ini menyemak semula sendiri setiap saat.
       *[other] Halaman ini menyemak semula sendiri setiap { $seconds } saat.
    } Apabila tiba giliran anda, anda dibawa ke { -seek-pass }.
waiting-is-still = Halaman ini tidak menyemak semula sendiri. Apabila tiba giliran anda, butang ini membawa anda ke { -seek-pass }.
waiting-look-now = Semak sekarang
waiting-stop = Henti menyemak sendiri
waiting-go-on = Mula menyemak sendiri

## All is done

verified-title = Sudah ada di { -seek-pass }
verified-all = Semua yang tersenarai dalam jemputan kami ada di { -seek-pass }, telah kami sahkan. Tiada apa-apa lagi yang perlu dilakukan.
verified-see = Untuk melihatnya, log masuk ke { -seek-pass } atau aplikasinya dengan alamat e-mel yang anda gunakan di sana.
verified-not-you = Bukan anda yang menambahkannya? Sila hubungi kami: { $support }

## The page behind the link of a reminder

opt-out-title = Berhenti menerima peringatan?
opt-out-why = Jika anda menekan butang ini, kami tidak akan mengingatkan anda lagi tentang apa yang boleh anda tambahkan pada { -seek-pass }. Kod anda masih boleh digunakan.
opt-out-button = Jangan hantar peringatan lagi kepada saya
opted-out = Kami tidak akan menghantar peringatan lagi kepada anda. Kod anda masih boleh digunakan sehingga hari yang tertulis dalam e-mel kami.

## What went wrong

problem-code-title = Kod ini tidak boleh digunakan
problem-code-why = Demi keselamatan anda, kami tidak menyatakan sebabnya. Kemungkinannya:
problem-code-other = kod ini tidak sama tepat dengan kod dalam e-mel kami: sila bandingkan
problem-code-other-or-answer = kod ini tidak sama tepat dengan kod dalam e-mel kami, atau jawapan anda tidak sepadan dengan rekod kami: sila bandingkan
problem-code-newer = ada e-mel yang lebih baharu daripada kami: sila gunakan kod dalam e-mel terakhir
problem-code-expired = tempohnya sudah tamat: tarikh akhirnya tertulis dalam e-mel kami
problem-code-withdrawn = jemputan telah ditarik balik.
problem-code-help = Jika semua ini tidak membantu, hubungi kami: { $support }
problem-too-many-title = Sila cuba lagi kemudian
problem-too-many-why = Terlalu banyak percubaan yang salah. Tidak semestinya daripada anda.
problem-too-many-until =
    { $minutes ->
        [1] Anda boleh mencuba lagi mulai <b>{ $until }</b>, dalam satu minit.
       *[other] Anda boleh mencuba lagi mulai <b>{ $until }</b>, dalam kira-kira { $minutes } minit.
    } Kod anda tidak hilang dan masih boleh digunakan.
problem-rejected-title = { -seek-pass } tidak menerimanya
problem-rejected-why = { -seek-pass } tidak menerimanya seperti yang kami hantar. Kami yang perlu membetulkannya; anda tidak melakukan apa-apa kesalahan.
problem-rejected-help = Sila hubungi kami, dan nyatakan nombor pelajar anda tetapi bukan kod anda: { $support }
problem-rejected-then = Selepas dibetulkan, anda boleh menggunakan kod yang sama sekali lagi.
problem-other-site-title = Ini tidak datang daripada halaman kami
problem-other-site-why = Demi keselamatan anda, kami menerima kod hanya daripada halaman kami sendiri. Tiada apa-apa dihantar ke { -seek-pass }, dan kod anda masih boleh digunakan.
problem-other-site-help = Sila masukkan kod anda pada halaman kami. Jika halaman ini muncul lagi, gunakan pelayar web lain, atau hubungi kami: { $support }
problem-not-here-title = Halaman ini tidak wujud
problem-not-here-why = Alamatnya mungkin terpotong atau tersilap taip. Tiada apa-apa yang hilang: kod anda ada dalam e-mel kami, dan boleh dimasukkan pada halaman kami.
problem-too-late-title = Sila gunakan kod anda sekali lagi
problem-too-late-why = Halaman yang anda buka semula tidak lagi disimpan. Tiada apa-apa yang hilang: gunakan kod anda sekali lagi untuk melihat status permintaan anda.
problem-silent-title = { -seek-pass } tidak menjawab
problem-silent-why = Anda pernah mula menambahkannya. Kami perlu bertanya { -seek-pass } tentang hasilnya, tetapi ia tidak menjawab buat masa ini.
problem-silent-help = Tiada apa-apa yang hilang, dan kod anda masih boleh digunakan. Sila cuba lagi dalam beberapa minit.
problem-too-large-title = Ini tidak tiba dengan lengkap
problem-too-large-why = Data daripada pelayar web anda terlalu besar atau terlalu lama dihantar. Tiada apa-apa yang hilang, dan kod anda masih boleh digunakan.
problem-too-large-help = Sila cuba lagi, mungkin dengan sambungan yang lebih baik.
problem-ours-title = Ada masalah di pihak kami
problem-ours-why = Tiada apa-apa yang hilang, dan kod anda masih boleh digunakan. Sila cuba lagi dalam beberapa minit.
problem-ours-help = Jika berlaku lagi, hubungi kami: { $support }
problem-button = Masukkan kod anda
