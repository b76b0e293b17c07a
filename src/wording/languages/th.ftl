# ข้อความภาษาไทย วิธีเขียนไฟล์นี้: docs/languages.md

language = ไทย

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month =
    { $month ->
        [1] มกราคม
        [2] กุมภาพันธ์
        [3] มีนาคม
        [4] เมษายน
        [5] พฤษภาคม
        [6] มิถุนายน
        [7] กรกฎาคม
        [8] สิงหาคม
        [9] กันยายน
        [10] ตุลาคม
        [11] พฤศจิกายน
       *[12] ธันวาคม
    }
moment = { $day } { month } พ.ศ. { $buddhist_year } เวลา { $hour }:{ $minute } น. ({ $zone })
time-of-day = { $hour }:{ $minute } น. ({ $zone })

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = คำเชิญ { -seek-pass } จาก { $university }
subject-conferred = ได้รับคุณวุฒิแล้ว: คำเชิญ { -seek-pass } จาก { $university }
subject-corrected = แก้ไขข้อมูล: คำเชิญ { -seek-pass } จาก { $university }
subject-replacement = รหัสใหม่สำหรับคำเชิญ { -seek-pass } จาก { $university } (แทนอีเมลฉบับก่อน)
subject-reminder = แจ้งเตือน: คำเชิญ { -seek-pass } จาก { $university }
subject-lapsed = ยังไม่เสร็จสิ้น: คำเชิญ { -seek-pass } จาก { $university }

## The mail

mail-title = เพิ่ม{ thing }ของท่านใน { -seek-pass }
mail-greeting = เรียน { $name }
mail-congratulations = ขอแสดงความยินดีที่ท่านสำเร็จการศึกษาจาก { $university }
mail-conferred =
    <b>{ $count ->
        [1] ท่านได้รับคุณวุฒิอย่างเป็นทางการแล้ว
       *[other] ท่านได้รับคุณวุฒิอย่างน้อยหนึ่งรายการอย่างเป็นทางการแล้ว
    }</b>
    ข้อมูลที่ท่านเพิ่มใน { -seek-pass } ก่อนหน้านี้ระบุว่ายังรอสำเร็จการศึกษา ข้อมูลนั้นจะยังคงอยู่ โปรดเพิ่มข้อมูลคุณวุฒิฉบับใหม่ด้วยตนเอง
mail-corrected = <b>เราได้แก้ไขข้อมูลของท่านแล้ว</b> ข้อมูลบางส่วนที่ท่านเคยเพิ่มใน { -seek-pass } ไม่ถูกต้องอีกต่อไป โปรดเพิ่มข้อมูลที่แก้ไขแล้วอีกครั้ง
mail-replacement = <b>อีเมลฉบับนี้ใช้แทนอีเมลฉบับก่อนของเรา</b> โปรดใช้รหัสในอีเมลฉบับนี้
mail-invitation = เราขอเชิญท่านเพิ่ม{ thing }ซึ่งเรารับรองแล้วใน { -seek-pass } บัณฑิตใช้ { -seek-pass } เก็บคุณวุฒิที่ผ่านการรับรอง และแสดงต่อนายจ้างได้
mail-valid-until = ใช้ได้ถึง { $moment }:
mail-open-link = เปิดลิงก์นี้ ซึ่งมีรหัสของท่านกรอกไว้แล้ว:
mail-button = เปิดคำเชิญ
mail-type-address = หากท่านไม่ต้องการเปิดลิงก์ โปรดพิมพ์ที่อยู่นี้ในเบราว์เซอร์ แล้วกรอกรหัสที่นั่น:
mail-opening-is-harmless = การเปิดลิงก์หรือหน้าเว็บไม่ทำให้สิ่งใดเปลี่ยนแปลง จะมีผลต่อเมื่อท่านกดปุ่มในหน้านั้นเท่านั้น
mail-next = เมื่อท่านกดปุ่มในหน้านั้น ท่านจะไปยัง { -seek-pass } และลงชื่อเข้าใช้ที่นั่น จากนั้น { -seek-pass } จะส่งรหัสผ่านแบบใช้ครั้งเดียว (OTP) ของตนเองทางอีเมล ไปยังที่อยู่ที่ท่านใช้ลงชื่อเข้าใช้ <b>รหัสในอีเมลฉบับนี้ไม่ใช่รหัส OTP ดังกล่าว</b>
mail-personal-address = โปรดลงชื่อเข้าใช้ด้วย<b>อีเมลส่วนตัวที่ท่านจะใช้ต่อไปในระยะยาว</b>
mail-not-university-address = โปรดลงชื่อเข้าใช้ด้วย<b>อีเมลส่วนตัวที่ท่านจะใช้ต่อไปในระยะยาว</b> ไม่ใช่อีเมลของมหาวิทยาลัย เพราะบัญชีนั้นอาจถูกปิด และระบบกรองอาจกั้นอีเมลจาก { -seek-pass }
mail-no-password = หากไม่ได้รับรหัส OTP:
mail-no-password-wait = รอสักครู่
mail-no-password-spam = ตรวจดูในโฟลเดอร์สแปม
mail-no-password-again = ขอให้ { -seek-pass } ส่งอีกครั้ง
mail-no-password-address = ลองใช้อีเมลอื่น
mail-finish = โปรดทำขั้นตอนใน { -seek-pass } ให้เสร็จภายใน 48 ชั่วโมง และลงชื่อเข้าใช้แอปหากระบบแจ้ง หากหมดเวลา โปรดใช้รหัสเดิมอีกครั้ง รหัสใช้ได้จนกว่า{ thing }ของท่านจะอยู่ใน { -seek-pass } แต่ไม่เกิน { $moment }
mail-never-a-password = เราไม่เคยขอรหัสผ่านจากท่าน
mail-do-not-forward = โปรดอย่าส่งต่ออีเมลฉบับนี้ รหัสนี้สำหรับท่านเท่านั้น
mail-is-it-wrong =
    หากชื่อหรือ{ thing }ของท่านไม่ถูกต้อง หรือท่านไม่ได้คาดว่าจะได้รับอีเมลฉบับนี้ โปรดติดต่อเราก่อนใช้รหัส:
    { $support }
mail-regards = ขอแสดงความนับถือ

## A reminder, which besides says what the mail says

mail-reminder = เราได้ส่งคำเชิญถึงท่านก่อนหน้านี้ แต่ท่านยังไม่ได้เพิ่มคุณวุฒิ อีเมลฉบับนี้เป็นการแจ้งเตือนพร้อมรหัสใหม่
mail-lapsed = ท่านได้เริ่มเพิ่ม{ thing }ใน { -seek-pass } แล้ว แต่ยังทำขั้นตอนที่นั่นไม่ครบถ้วนภายใน 48{ "\u00A0" }ชั่วโมง <b>ไม่มีสิ่งใดสูญหาย</b> ท่านเริ่มใหม่ได้ด้วยรหัสด้านล่าง
mail-still-to-add = บัณฑิตใช้ { -seek-pass } เก็บคุณวุฒิที่ผ่านการรับรอง และแสดงต่อนายจ้างได้ ท่านยังเพิ่มรายการต่อไปนี้ได้:
mail-opt-out = หากท่านไม่ต้องการรับการแจ้งเตือนอีก โปรดเปิดหน้านี้แล้วกดปุ่มในหน้านั้น รหัสของท่านยังใช้ได้:

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] ผลสอบภาษาอังกฤษ
        [microcredential] หลักสูตรอบรม
        [mixed] ข้อมูลรับรอง
       *[education] คุณวุฒิ
    }
# A day without a time.
day = { $day } { month } พ.ศ. { $buddhist_year } (ค.ศ. { $year })
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] วันที่สอบ: { day }
       *[other] วันที่ออกให้: { day }
    }
valid-to = ใช้ได้ถึง: { day }
result = ผล: { $result }
issued-by = ออกโดย: { $issuer }
your-qualifications = { thing }ของท่าน
majors = สาขาวิชาเอก: { $majors }
honours = เกียรตินิยม: { $honours }
# Both years: SEEK Pass shows the second one.
conferred = ปีที่ได้รับคุณวุฒิ: พ.ศ. { $buddhist_year } (ค.ศ. { $year })
awaited = เรียนครบหลักสูตรแล้ว รอสำเร็จการศึกษา
awaited-until = เรียนครบหลักสูตรแล้ว รอสำเร็จการศึกษา (คาดว่า พ.ศ. { $buddhist_year } หรือ ค.ศ. { $year })

## In mails and on pages

your-code = รหัสของท่าน
what-happens-next = ขั้นตอนต่อไป
safety-and-help = ความปลอดภัยและความช่วยเหลือ
no-more-reminders = ไม่รับการแจ้งเตือนอีก

## Every page

error = ข้อผิดพลาด:
choose-language = ภาษา
footer-never-a-password = เราไม่เคยขอรหัสผ่านในหน้านี้
footer-address = หน้านี้เป็นของเรา หากที่อยู่ในเบราว์เซอร์ขึ้นต้นด้วย { $page }
footer-not-sure = ไม่แน่ใจ หรือมีสิ่งใดไม่ถูกต้อง โปรดอย่ากรอกข้อมูลใด ๆ และติดต่อเรา: { $support }

## The form for the code

form-title = { add-button }
form-where = เราได้ส่งคำเชิญถึงท่านทางอีเมล รหัสของท่านอยู่ในอีเมลนั้น
form-code-hint = ตัวอักษรและตัวเลข 13 ตัว พิมพ์เล็กหรือใหญ่ เว้นวรรค หรือมีขีดก็ได้ ท่านวางลิงก์จากอีเมลก็ได้เช่นกัน
form-code-length = รหัสนี้สั้นหรือยาวเกินไป รหัสมีตัวอักษรและตัวเลข 13 ตัว
form-code-symbol = มีอักขระที่ไม่ใช้ในรหัส รหัสมีเพียงตัวอักษรและตัวเลข และไม่มีตัว U ซึ่งอาจเป็นตัว V
form-code-mistyped = พิมพ์รหัสผิด โปรดเทียบกับรหัสในอีเมลของเรา
form-mistakes-are-harmless = การพิมพ์ผิดไม่มีผลเสียใด ๆ
example-date = 27/03/2542
example-date-in-words = 27 มีนาคม 2542
form-birth = วันเกิดของท่าน
form-birth-hint = วัน เดือน ปี เช่น { example-date } หรือ { example-date-in-words } ใช้ปี ค.ศ. ก็ได้ เราถามเพื่อไม่ให้ผู้อื่นใช้รหัสของท่าน
form-birth-missing = โปรดกรอกวันเกิดของท่าน
form-birth-shape = เราอ่านวันที่นี้ไม่ได้ โปรดเขียนเช่น { example-date } คือ วัน เดือน และปีครบสี่หลัก
form-student-id = รหัสนักศึกษาของท่าน
form-student-id-hint = ตามบัตรนักศึกษาของท่าน เราถามเพื่อไม่ให้ผู้อื่นใช้รหัสของท่าน
form-student-id-missing = โปรดกรอกรหัสนักศึกษาของท่าน
form-student-id-shape = ไม่ใช่รูปแบบของรหัสนักศึกษา รหัสนักศึกษามีตัวอักษรและตัวเลข ไม่มีเว้นวรรค
add-button = เพิ่มใน { -seek-pass }
form-is-harmless = จะไม่มีสิ่งใดเกิดขึ้นก่อนที่ท่านกดปุ่ม
next-button = เมื่อท่านกดปุ่ม ท่านจะไปยัง { -seek-pass } หากมีหลายรายการ ท่านจะเลือกที่นี่ก่อนว่าจะเพิ่มรายการใด
next-sign-in = ลงชื่อเข้าใช้ที่ { -seek-pass } ควรใช้<b>อีเมลส่วนตัวที่ท่านจะใช้ต่อไปในระยะยาว</b>
next-password = { -seek-pass } จะส่งรหัสผ่านแบบใช้ครั้งเดียว (OTP) ของตนเองไปยังอีเมลนั้น <b>รหัสจากเราไม่ใช่รหัส OTP ดังกล่าว</b>
next-finish = โปรดทำให้เสร็จภายใน 48{ "\u00A0" }ชั่วโมง หากหมดเวลา โปรดกลับมาใช้รหัสเดิม

## The qualifications of a code

list-one-by-one = เพิ่ม{ thing }ของท่านทีละรายการ: กดปุ่ม ทำให้เสร็จใน { -seek-pass } แล้วกลับมาใช้รหัสเดิมสำหรับรายการถัดไป
list-conferred = <b>ท่านได้รับคุณวุฒินี้อย่างเป็นทางการแล้ว</b> ข้อมูลที่ท่านเพิ่มใน { -seek-pass } ก่อนหน้านี้ระบุว่ายังรอสำเร็จการศึกษา โปรดเพิ่มข้อมูลใหม่อีกครั้ง
list-corrected = <b>เราได้แก้ไข{ thing }นี้แล้ว</b> ข้อมูลที่ท่านเพิ่มใน { -seek-pass } ก่อนหน้านี้ไม่ถูกต้องอีกต่อไป โปรดเพิ่มข้อมูลที่แก้ไขแล้วอีกครั้ง
list-addable = ยังไม่อยู่ใน { -seek-pass }
list-waiting = อยู่ในคิว คำขอของท่านบันทึกไว้อย่างปลอดภัย และจะส่งไปยัง { -seek-pass } เมื่อถึงคิวของท่าน
list-added = เพิ่มแล้วแต่ยังไม่เสร็จ: โปรดกดยอมรับใน { -seek-pass }
list-verified = อยู่ใน { -seek-pass } ของท่านและได้รับการรับรองแล้ว ไม่ต้องดำเนินการใดอีก
list-rejected = { -seek-pass } ไม่รับข้อมูลตามที่เราส่งไป เราจะต้องเป็นผู้แก้ไข โปรดติดต่อ { $support } และแจ้งรหัสนักศึกษาของท่าน
list-waiting-button = ดูลำดับคิวของฉัน
list-added-button = ดำเนินการต่อใน { -seek-pass }
list-is-it-wrong = หากข้อมูล{ thing }ไม่ถูกต้อง โปรดติดต่อเราก่อนเพิ่ม

## In the queue

waiting-title = ท่านอยู่ในคิว
waiting-next = ท่านเป็นคิวถัดไป
waiting-place = ท่านอยู่ในคิวลำดับที่ { $place }
waiting-silent = ขณะนี้ { -seek-pass } ไม่ตอบสนอง เรากำลังพยายามต่อไป แต่ยังบอกไม่ได้ว่าจะใช้เวลานานเท่าใด
waiting-soon = ใช้เวลาไม่ถึงหนึ่งนาที
waiting-minutes = ใช้เวลาประมาณ { $minutes } นาที
waiting-hours = ใช้เวลาประมาณ { $hours } ชั่วโมง
waiting-is-stored = <b>คำขอของท่านบันทึกไว้อย่างปลอดภัย</b> ท่านปิดหน้านี้แล้วกลับมาภายหลังด้วยรหัสเดิมได้ ลำดับคิวของท่านยังคงอยู่
waiting-looks-again =
    { $seconds ->
        [1] หน้านี้ตรวจสอบใหม่เองทุกวินาที
       *[other] หน้านี้ตรวจสอบใหม่เองทุก { $seconds } วินาที
    } เมื่อถึงคิว ท่านจะไปยัง { -seek-pass }
waiting-is-still = หน้านี้ไม่ตรวจสอบใหม่เอง เมื่อถึงคิว ปุ่มนี้จะพาท่านไปยัง { -seek-pass }
waiting-look-now = ตรวจสอบเดี๋ยวนี้
waiting-stop = หยุดตรวจสอบเอง
waiting-go-on = ให้ตรวจสอบเอง

## All is done

verified-title = อยู่ใน { -seek-pass } แล้ว
verified-all = ทุกรายการที่เราเชิญให้ท่านเพิ่มอยู่ใน { -seek-pass } และเรารับรองแล้ว ไม่ต้องดำเนินการใดอีก
verified-see = หากต้องการดู โปรดลงชื่อเข้าใช้ { -seek-pass } หรือแอปด้วยอีเมลที่ท่านใช้ที่นั่น
verified-not-you = หากท่านไม่ได้เป็นผู้เพิ่ม โปรดติดต่อเรา: { $support }

## The page behind the link of a reminder

opt-out-title = ไม่ต้องการรับการแจ้งเตือนอีกใช่หรือไม่
opt-out-why = หากท่านกดปุ่มนี้ เราจะไม่แจ้งเตือนท่านอีกเรื่องรายการที่ท่านเพิ่มใน { -seek-pass } ได้ รหัสของท่านยังใช้ได้
opt-out-button = ไม่ต้องส่งการแจ้งเตือนอีก
opted-out = เราจะไม่ส่งการแจ้งเตือนถึงท่านอีก รหัสของท่านยังใช้ได้จนถึงวันที่ระบุไว้ในอีเมลของเรา

## What went wrong

problem-code-title = รหัสนี้ใช้ไม่ได้
problem-code-why = เพื่อความปลอดภัยของท่าน เราไม่ระบุสาเหตุ อาจเป็นเพราะ
problem-code-other = รหัสไม่ตรงกับในอีเมลของเรา: โปรดเทียบดู
problem-code-other-or-answer = รหัสไม่ตรงกับในอีเมลของเรา หรือคำตอบของท่านไม่ตรงกับข้อมูลที่เรามี: โปรดเทียบดู
problem-code-newer = มีอีเมลฉบับใหม่กว่าจากเรา: โปรดใช้รหัสในฉบับล่าสุด
problem-code-expired = รหัสหมดอายุ: อีเมลของเราระบุวันหมดอายุไว้
problem-code-withdrawn = คำเชิญถูกเพิกถอนแล้ว
problem-code-help = หากยังไม่ได้ผล โปรดติดต่อเรา: { $support }
problem-too-many-title = โปรดลองใหม่ภายหลัง
problem-too-many-why = มีการกรอกผิดหลายครั้งเกินไป ซึ่งอาจไม่ได้มาจากท่าน
problem-too-many-until =
    { $minutes ->
        [1] ท่านลองใหม่ได้ตั้งแต่ <b>{ $until }</b> คือในอีกหนึ่งนาที
       *[other] ท่านลองใหม่ได้ตั้งแต่ <b>{ $until }</b> คือในอีกประมาณ { $minutes } นาที
    } รหัสของท่านไม่หายและยังใช้ได้
problem-rejected-title = { -seek-pass } ไม่รับข้อมูล
problem-rejected-why = { -seek-pass } ไม่รับข้อมูลตามที่เราส่งไป เราจะต้องเป็นผู้แก้ไข ท่านไม่ได้ทำสิ่งใดผิด
problem-rejected-help = โปรดติดต่อเรา และแจ้งรหัสนักศึกษาของท่าน แต่อย่าแจ้งรหัสในอีเมล: { $support }
problem-rejected-then = เมื่อแก้ไขแล้ว ท่านใช้รหัสเดิมได้อีกครั้ง
problem-other-site-title = ข้อมูลนี้ไม่ได้มาจากหน้าของเรา
problem-other-site-why = เพื่อความปลอดภัยของท่าน เรารับรหัสจากหน้าของเราเท่านั้น ไม่มีการส่งสิ่งใดไปยัง { -seek-pass } และรหัสของท่านยังใช้ได้
problem-other-site-help = โปรดกรอกรหัสในหน้าของเรา หากหน้านี้ปรากฏอีก โปรดใช้เบราว์เซอร์อื่น หรือติดต่อเรา: { $support }
problem-not-here-title = ไม่มีหน้านี้
problem-not-here-why = ที่อยู่อาจขาดไปบางส่วนหรือพิมพ์ผิด ไม่มีสิ่งใดสูญหาย: รหัสของท่านอยู่ในอีเมลของเรา และกรอกได้ในหน้าของเรา
problem-too-late-title = โปรดใช้รหัสของท่านอีกครั้ง
problem-too-late-why = หน้าที่ท่านกลับมานี้ไม่ได้เก็บไว้แล้ว ไม่มีสิ่งใดสูญหาย: ใช้รหัสของท่านอีกครั้งเพื่อดูสถานะคำขอ
problem-silent-title = { -seek-pass } ไม่ตอบสนอง
problem-silent-why = ท่านเคยเริ่มเพิ่มรายการนี้แล้ว เราต้องสอบถามผลจาก { -seek-pass } ซึ่งขณะนี้ไม่ตอบสนอง
problem-silent-help = ไม่มีสิ่งใดสูญหาย และรหัสของท่านยังใช้ได้ โปรดลองใหม่ในอีกไม่กี่นาที
problem-too-large-title = ข้อมูลมาถึงไม่ครบ
problem-too-large-why = ข้อมูลที่เบราว์เซอร์ส่งมามีขนาดใหญ่หรือใช้เวลานานเกินไป ไม่มีสิ่งใดสูญหาย และรหัสของท่านยังใช้ได้
problem-too-large-help = โปรดลองใหม่ หากเป็นไปได้ ให้ใช้การเชื่อมต่อที่ดีกว่านี้
problem-ours-title = เกิดข้อผิดพลาดในระบบของเรา
problem-ours-why = ไม่มีสิ่งใดสูญหาย และรหัสของท่านยังใช้ได้ โปรดลองใหม่ในอีกไม่กี่นาที
problem-ours-help = หากเกิดขึ้นอีก โปรดติดต่อเรา: { $support }
problem-button = กรอกรหัสของท่าน
