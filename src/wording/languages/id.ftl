# Kata-kata dalam bahasa Indonesia. Cara menulis berkas ini: docs/languages.md.

language = Bahasa Indonesia

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month =
    { $month ->
        [1] Januari
        [2] Februari
        [3] Maret
        [4] April
        [5] Mei
        [6] Juni
        [7] Juli
        [8] Agustus
        [9] September
        [10] Oktober
        [11] November
       *[12] Desember
    }
moment = { $day } { month } { $year } pukul { $hour }.{ $minute } ({ $zone })
time-of-day = { $hour }.{ $minute } ({ $zone })

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = Undangan { -seek-pass } Anda dari { $university }
subject-conferred = Gelar telah diberikan: undangan { -seek-pass } Anda dari { $university }
subject-corrected = Perbaikan data: undangan { -seek-pass } Anda dari { $university }
subject-replacement = Kode baru untuk undangan { -seek-pass } Anda dari { $university } (menggantikan email kami sebelumnya)
subject-reminder = Pengingat: undangan { -seek-pass } Anda dari { $university }
subject-lapsed = Belum selesai: undangan { -seek-pass } Anda dari { $university }

## The mail

mail-title = Tambahkan { thing } Anda ke { -seek-pass }
mail-greeting = Yth. { $name },
mail-congratulations = Selamat atas kelulusan Anda dari { $university }.
mail-conferred =
    <b>{ $count ->
        [1] Kualifikasi Anda telah resmi diberikan.
       *[other] Setidaknya satu kualifikasi Anda telah resmi diberikan.
    }</b>
    Data yang Anda tambahkan ke { -seek-pass } sebelumnya menyebutkan bahwa Anda masih menunggu wisuda. Data itu tetap ada di sana; silakan tambahkan sendiri data yang baru.
mail-corrected = <b>Kami telah memperbaiki data tentang Anda.</b> Ada data di { -seek-pass } dari Anda yang tidak benar lagi; mohon tambahkan kembali data yang sudah diperbaiki.
mail-replacement = <b>Email ini menggantikan email kami sebelumnya.</b> Mohon gunakan kode dalam email ini.
mail-invitation = Kami mengundang Anda untuk menambahkan { thing } Anda, yang telah kami verifikasi, ke { -seek-pass }. Di { -seek-pass }, lulusan menyimpan kredensial yang terverifikasi dan dapat menunjukkannya kepada pemberi kerja.
mail-valid-until = Berlaku sampai { $moment }:
mail-open-link = Buka tautan ini. Kode Anda sudah terisi di sana:
mail-button = Buka undangan saya
mail-type-address = Jika Anda tidak ingin membuka tautan, ketik alamat ini di peramban Anda dan masukkan kode di sana:
mail-opening-is-harmless = Membuka tautan atau halamannya tidak mengubah apa pun. Hanya tombol di halaman itu yang menjalankan sesuatu.
mail-next = Setelah menekan tombol di halaman itu, Anda diarahkan ke { -seek-pass } dan masuk di sana. { -seek-pass } lalu mengirim kata sandi sekali pakai (OTP) miliknya sendiri lewat email, ke alamat yang Anda pakai untuk masuk. <b>Kode dalam email ini bukan kata sandi tersebut.</b>
mail-personal-address = Mohon masuk dengan <b>alamat email pribadi yang akan terus Anda pakai</b>.
mail-not-university-address = Mohon masuk dengan <b>alamat email pribadi yang akan terus Anda pakai</b>, bukan alamat email universitas: kotak surat itu bisa ditutup, dan penyaringnya bisa menahan email dari { -seek-pass }.
mail-no-password = Jika kata sandi sekali pakai tidak masuk:
mail-no-password-wait = tunggu beberapa menit
mail-no-password-spam = periksa folder spam Anda
mail-no-password-again = minta { -seek-pass } mengirimnya lagi
mail-no-password-address = coba alamat email lain
mail-finish = Mohon selesaikan prosesnya di { -seek-pass } dalam 48 jam, dan masuklah ke aplikasinya jika diminta. Jika waktunya habis, gunakan lagi kode yang sama. Kode ini berlaku sampai { thing } Anda ada di { -seek-pass }, paling lambat { $moment }.
mail-never-a-password = Kami tidak pernah meminta kata sandi Anda.
mail-do-not-forward = Mohon jangan meneruskan email ini. Kode ini hanya untuk Anda.
mail-is-it-wrong =
    Apakah nama atau { thing } Anda salah, atau Anda tidak mengharapkan email ini? Mohon hubungi kami sebelum menggunakan kode:
    { $support }
mail-regards = Hormat kami,

## A reminder, which besides says what the mail says

mail-reminder = Beberapa waktu lalu kami mengundang Anda, tetapi belum ada yang ditambahkan. Ini pengingat dengan kode baru.
mail-lapsed = Anda sudah mulai menambahkan { thing } Anda ke { -seek-pass }, tetapi prosesnya di sana belum selesai seluruhnya dalam 48{ "\u00A0" }jam. <b>Tidak ada yang hilang:</b> dengan kode di bawah ini Anda dapat memulai lagi.
mail-still-to-add = Di { -seek-pass }, lulusan menyimpan kredensial yang terverifikasi dan dapat menunjukkannya kepada pemberi kerja. Inilah yang masih dapat Anda tambahkan:
mail-opt-out = Jika Anda tidak ingin diingatkan lagi, buka halaman ini dan tekan tombol di sana. Kode Anda tetap berlaku:

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] hasil tes bahasa Inggris
        [microcredential] kursus
        [mixed] kredensial
       *[education] kualifikasi
    }
# A day without a time.
day = { $day } { month } { $year }
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] Tanggal tes: { day }
       *[other] Diterbitkan: { day }
    }
valid-to = Berlaku sampai: { day }
result = Hasil: { $result }
issued-by = Diterbitkan oleh: { $issuer }
your-qualifications =
    { $kind ->
        [english] Hasil tes bahasa Inggris Anda
        [microcredential] Kursus Anda
        [mixed] Kredensial Anda
       *[education] Kualifikasi Anda
    }
majors = Jurusan: { $majors }
honours = Predikat: { $honours }
conferred = Tahun kelulusan: { $year }
awaited = Studi selesai, menunggu wisuda
awaited-until = Studi selesai, menunggu wisuda (perkiraan { $year })

## In mails and on pages

your-code = Kode Anda
what-happens-next = Langkah selanjutnya
safety-and-help = Keamanan dan bantuan
no-more-reminders = Berhenti menerima pengingat

## Every page

error = Kesalahan:
choose-language = Bahasa
footer-never-a-password = Kami tidak pernah meminta kata sandi di halaman ini.
footer-address = Halaman ini milik kami jika alamat di peramban Anda diawali dengan { $page }
footer-not-sure = Ragu-ragu, atau ada yang salah? Jangan masukkan apa pun, dan hubungi kami: { $support }

## The form for the code

form-title = { add-button }
form-where = Kami mengundang Anda lewat email. Kode Anda ada di email itu.
form-code-hint = 13 huruf dan angka. Huruf besar atau kecil, spasi, dan tanda hubung tidak berpengaruh. Anda juga dapat menempelkan tautan dari email.
form-code-length = Kode ini terlalu pendek atau terlalu panjang. Kode terdiri dari 13 huruf dan angka.
form-code-symbol = Ada karakter yang tidak dipakai dalam kode. Kode hanya berisi huruf dan angka, dan tidak pernah huruf U: mungkin itu V.
form-code-mistyped = Ada salah ketik dalam kode ini. Mohon bandingkan dengan kode di email kami.
form-mistakes-are-harmless = Salah ketik tidak berakibat apa-apa.
example-date = 27/03/1999
example-date-in-words = 27 Maret 1999
form-birth = Tanggal lahir Anda
form-birth-hint = Tanggal, bulan, dan tahun, misalnya { example-date } atau { example-date-in-words }. Kami menanyakannya agar orang lain tidak dapat memakai kode Anda.
form-birth-missing = Mohon masukkan tanggal lahir Anda.
form-birth-shape = Tanggal ini tidak dapat kami baca. Mohon tulis seperti { example-date }: tanggal, bulan, dan tahun lengkap.
form-student-id = Nomor mahasiswa Anda
form-student-id-hint = Seperti di kartu mahasiswa Anda. Kami menanyakannya agar orang lain tidak dapat memakai kode Anda.
form-student-id-missing = Mohon masukkan nomor mahasiswa Anda.
form-student-id-shape = Ini tidak tampak seperti nomor mahasiswa. Nomor itu terdiri dari huruf dan angka, tanpa spasi.
add-button = Tambahkan ke { -seek-pass }
form-is-harmless = Tidak ada yang terjadi sebelum Anda menekan tombol.
next-button = Setelah menekan tombol, Anda diarahkan ke { -seek-pass }. Jika ada beberapa hal yang dapat ditambahkan, Anda memilih dulu di sini mana yang akan ditambahkan.
next-sign-in = Masuklah ke { -seek-pass }, sebaiknya dengan <b>alamat email pribadi yang akan terus Anda pakai</b>.
next-password = { -seek-pass } mengirim kata sandi sekali pakai (OTP) miliknya sendiri ke alamat itu. <b>Kode dari kami bukan kata sandi tersebut.</b>
next-finish = Mohon selesaikan di sana dalam 48{ "\u00A0" }jam. Jika waktunya habis, kembalilah dengan kode yang sama.

## The qualifications of a code

list-one-by-one = Tambahkan { thing } Anda satu per satu: tekan tombol, selesaikan di { -seek-pass }, lalu kembali dengan kode yang sama untuk yang berikutnya.
list-conferred = <b>Kualifikasi Anda telah resmi diberikan.</b> Data yang Anda tambahkan ke { -seek-pass } sebelumnya menyebutkan bahwa Anda masih menunggu wisuda; mohon tambahkan kembali data yang baru.
list-corrected = <b>Kami telah memperbaiki { thing } ini.</b> Data yang Anda tambahkan ke { -seek-pass } sebelumnya tidak benar lagi; mohon tambahkan kembali data yang sudah diperbaiki.
list-addable = Belum ada di { -seek-pass }.
list-waiting = Dalam antrean. Permintaan Anda tersimpan dengan aman, dan diteruskan ke { -seek-pass } saat giliran Anda tiba.
list-added = Sudah ditambahkan, tetapi belum selesai: mohon terima di { -seek-pass }.
list-verified = Sudah ada di { -seek-pass } Anda, terverifikasi. Tidak ada lagi yang perlu dilakukan.
list-rejected = { -seek-pass } tidak menerima data yang kami kirim. Ini tugas kami untuk memperbaikinya: mohon hubungi { $support } dan sebutkan nomor mahasiswa Anda.
list-waiting-button = Lihat posisi antrean saya
list-added-button = Lanjutkan di { -seek-pass }
list-is-it-wrong = Apakah ada yang salah dalam { thing } ini? Mohon hubungi kami sebelum Anda menambahkannya.

## In the queue

waiting-title = Anda dalam antrean
waiting-next = Anda berikutnya.
waiting-place = Anda nomor { $place } dalam antrean.
waiting-silent = { -seek-pass } saat ini tidak menjawab. Kami terus mencoba, tetapi tidak dapat memperkirakan berapa lama.
waiting-soon = Kurang dari satu menit lagi.
waiting-minutes = Sekitar { $minutes } menit lagi.
waiting-hours = Sekitar { $hours } jam lagi.
waiting-is-stored = <b>Permintaan Anda tersimpan dengan aman.</b> Anda boleh menutup halaman ini dan kembali nanti dengan kode yang sama: posisi antrean Anda tetap.
waiting-looks-again =
    { $seconds ->
        [1] Halaman ini memperbarui diri setiap detik.
       *[other] Halaman ini memperbarui diri setiap { $seconds } detik.
    } Saat giliran Anda tiba, Anda diarahkan ke { -seek-pass }.
waiting-is-still = Halaman ini tidak memperbarui diri. Saat giliran Anda tiba, tombol ini membawa Anda ke { -seek-pass }.
waiting-look-now = Perbarui sekarang
waiting-stop = Hentikan pembaruan otomatis
waiting-go-on = Aktifkan pembaruan otomatis

## All is done

verified-title = Sudah ada di { -seek-pass }
verified-all = Semua yang tercantum dalam undangan kami sudah ada di { -seek-pass }, terverifikasi oleh kami. Tidak ada lagi yang perlu dilakukan.
verified-see = Untuk melihatnya, masuklah ke { -seek-pass } atau aplikasinya dengan alamat email yang Anda pakai di sana.
verified-not-you = Bukan Anda yang menambahkannya? Mohon hubungi kami: { $support }

## The page behind the link of a reminder

opt-out-title = Berhenti menerima pengingat?
opt-out-why = Jika Anda menekan tombol ini, kami tidak akan mengingatkan Anda lagi tentang apa yang dapat Anda tambahkan ke { -seek-pass }. Kode Anda tetap berlaku.
opt-out-button = Jangan kirimi saya pengingat lagi
opted-out = Kami tidak akan mengirim pengingat lagi kepada Anda. Kode Anda tetap berlaku sampai hari yang tertulis di email kami.

## What went wrong

problem-code-title = Kode ini tidak berlaku
problem-code-why = Demi keamanan Anda, kami tidak menyebutkan alasannya. Kemungkinannya:
problem-code-other = kode ini tidak sama persis dengan yang ada di email kami: mohon bandingkan
problem-code-other-or-answer = kode ini tidak sama persis dengan yang ada di email kami, atau jawaban Anda tidak sesuai dengan data kami: mohon bandingkan
problem-code-newer = ada email yang lebih baru dari kami: mohon gunakan kode dalam email terakhir
problem-code-expired = masa berlakunya sudah habis: batas waktunya tertulis di email kami
problem-code-withdrawn = undangannya telah ditarik.
problem-code-help = Jika semua ini tidak membantu, hubungi kami: { $support }
problem-too-many-title = Mohon coba lagi nanti
problem-too-many-why = Terlalu banyak percobaan yang salah. Belum tentu dari Anda.
problem-too-many-until =
    { $minutes ->
        [1] Anda dapat mencoba lagi mulai <b>{ $until }</b>, satu menit lagi.
       *[other] Anda dapat mencoba lagi mulai <b>{ $until }</b>, sekitar { $minutes } menit lagi.
    } Kode Anda tidak hilang dan tetap berlaku.
problem-rejected-title = { -seek-pass } tidak menerimanya
problem-rejected-why = { -seek-pass } tidak menerimanya seperti yang kami kirim. Ini tugas kami untuk memperbaikinya; Anda tidak berbuat salah.
problem-rejected-help = Mohon hubungi kami, dan sebutkan nomor mahasiswa Anda tetapi jangan kode Anda: { $support }
problem-rejected-then = Setelah diperbaiki, Anda dapat menggunakan kode yang sama lagi.
problem-other-site-title = Ini tidak berasal dari halaman kami
problem-other-site-why = Demi keamanan Anda, kami hanya menerima kode dari halaman kami sendiri. Tidak ada yang dikirim ke { -seek-pass }, dan kode Anda tetap berlaku.
problem-other-site-help = Mohon masukkan kode Anda di halaman kami. Jika halaman ini muncul lagi, gunakan peramban lain, atau hubungi kami: { $support }
problem-not-here-title = Halaman ini tidak ada
problem-not-here-why = Alamatnya mungkin terpotong atau salah ketik. Tidak ada yang hilang: kode Anda ada di email kami, dan dapat Anda masukkan di halaman kami.
problem-too-late-title = Mohon gunakan lagi kode Anda
problem-too-late-why = Halaman yang Anda buka kembali sudah tidak disimpan. Tidak ada yang hilang: gunakan lagi kode Anda untuk melihat status permintaan Anda.
problem-silent-title = { -seek-pass } tidak menjawab
problem-silent-why = Anda pernah mulai menambahkan ini. Kami harus menanyakan hasilnya kepada { -seek-pass }, yang saat ini tidak menjawab.
problem-silent-help = Tidak ada yang hilang, dan kode Anda tetap berlaku. Mohon coba lagi dalam beberapa menit.
problem-too-large-title = Data ini tidak sampai secara utuh
problem-too-large-why = Data dari peramban Anda terlalu besar atau terlalu lama dikirim. Tidak ada yang hilang, dan kode Anda tetap berlaku.
problem-too-large-help = Mohon coba lagi, mungkin dengan koneksi yang lebih baik.
problem-ours-title = Terjadi kesalahan di pihak kami
problem-ours-why = Tidak ada yang hilang, dan kode Anda tetap berlaku. Mohon coba lagi dalam beberapa menit.
problem-ours-help = Jika terjadi lagi, hubungi kami: { $support }
problem-button = Masukkan kode Anda
