# Các câu bằng tiếng Việt. Cách viết tệp này: docs/languages.md.

language = Tiếng Việt

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month = tháng { $month }
moment = { $hour }:{ $minute } ngày { $day } { month } năm { $year } ({ $zone })
time-of-day = { $hour }:{ $minute } ({ $zone })

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = Thư mời { -seek-pass } từ { $university }
subject-conferred = Bằng đã được cấp: thư mời { -seek-pass } từ { $university }
subject-corrected = Đính chính: thư mời { -seek-pass } từ { $university }
subject-replacement = Mã mới cho thư mời { -seek-pass } từ { $university } (thay cho email trước)
subject-reminder = Nhắc lại: thư mời { -seek-pass } từ { $university }
subject-lapsed = Chưa hoàn tất: thư mời { -seek-pass } từ { $university }

## The mail

mail-title = Thêm { thing } của Anh/Chị vào { -seek-pass }
mail-greeting = Kính gửi { $name },
mail-congratulations = Chúc mừng Anh/Chị đã hoàn thành chương trình học tại { $university }.
mail-conferred =
    <b>{ $count ->
        [1] Bằng cấp của Anh/Chị đã được chính thức cấp.
       *[other] Ít nhất một bằng cấp của Anh/Chị đã được chính thức cấp.
    }</b>
    Thông tin Anh/Chị đã thêm vào { -seek-pass } trước đây ghi là đang chờ tốt nghiệp. Thông tin đó vẫn còn; Anh/Chị vui lòng tự thêm thông tin mới.
mail-corrected = <b>Chúng tôi đã sửa thông tin về Anh/Chị.</b> Một số thông tin Anh/Chị đã thêm vào { -seek-pass } trước đây không còn đúng; vui lòng thêm lại thông tin đã sửa.
mail-replacement = <b>Email này thay cho email trước của chúng tôi.</b> Vui lòng dùng mã trong email này.
mail-invitation = Chúng tôi mời Anh/Chị thêm { thing }, đã được chúng tôi xác thực, vào { -seek-pass }. { -seek-pass } là nơi người tốt nghiệp lưu giữ bằng cấp đã xác thực và có thể cho nhà tuyển dụng xem.
mail-valid-until = Có hiệu lực đến { $moment }:
mail-open-link = Mở liên kết này. Mã của Anh/Chị đã được điền sẵn:
mail-button = Mở thư mời
mail-type-address = Nếu không muốn mở liên kết, Anh/Chị hãy gõ địa chỉ này vào trình duyệt và nhập mã tại đó:
mail-opening-is-harmless = Mở liên kết hoặc trang không làm thay đổi điều gì. Chỉ nút trên trang đó mới có tác dụng.
mail-next = Khi nhấn nút trên trang đó, Anh/Chị sẽ được chuyển đến { -seek-pass } và đăng nhập tại đó. { -seek-pass } sau đó gửi mật khẩu dùng một lần (OTP) của riêng họ qua email, đến địa chỉ Anh/Chị dùng để đăng nhập. <b>Mã trong email này không phải là mật khẩu đó.</b>
mail-personal-address = Vui lòng đăng nhập bằng <b>địa chỉ email cá nhân mà Anh/Chị sẽ dùng lâu dài</b>.
mail-not-university-address = Vui lòng đăng nhập bằng <b>địa chỉ email cá nhân mà Anh/Chị sẽ dùng lâu dài</b>, không dùng địa chỉ của trường: hộp thư đó có thể bị đóng, và bộ lọc có thể chặn email từ { -seek-pass }.
mail-no-password = Nếu không nhận được mật khẩu dùng một lần:
mail-no-password-wait = chờ vài phút
mail-no-password-spam = xem trong thư mục thư rác
mail-no-password-again = yêu cầu { -seek-pass } gửi lại
mail-no-password-address = thử một địa chỉ khác
mail-finish = Vui lòng hoàn tất trong { -seek-pass } trong vòng 48 giờ, và đăng nhập vào ứng dụng nếu được yêu cầu. Nếu hết thời gian, Anh/Chị chỉ cần dùng lại mã này. Mã có hiệu lực cho đến khi { thing } của Anh/Chị có trong { -seek-pass }, nhưng không quá { $moment }.
mail-never-a-password = Chúng tôi không bao giờ hỏi mật khẩu của Anh/Chị.
mail-do-not-forward = Vui lòng không chuyển tiếp email này. Mã chỉ dành cho Anh/Chị.
mail-is-it-wrong =
    Tên hoặc { thing } có sai sót, hoặc Anh/Chị không chờ đợi email này? Vui lòng viết cho chúng tôi trước khi dùng mã:
    { $support }
mail-regards = Trân trọng,

## A reminder, which besides says what the mail says

mail-reminder = Trước đây chúng tôi đã gửi thư mời đến Anh/Chị, nhưng đến nay chưa có bằng cấp nào được thêm. Đây là thư nhắc lại, kèm mã mới.
mail-lapsed = Anh/Chị đã bắt đầu thêm { thing } vào { -seek-pass }, nhưng chưa hoàn tất mọi bước tại đó trong vòng 48{ "\u00A0" }giờ. <b>Không có gì bị mất:</b> với mã dưới đây, Anh/Chị có thể bắt đầu lại.
mail-still-to-add = { -seek-pass } là nơi người tốt nghiệp lưu giữ bằng cấp đã xác thực và có thể cho nhà tuyển dụng xem. Anh/Chị vẫn có thể thêm:
mail-opt-out = Nếu không muốn được nhắc nữa, Anh/Chị hãy mở trang này và nhấn nút tại đó. Mã của Anh/Chị vẫn dùng được:

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] kết quả thi tiếng Anh
        [microcredential] khóa học
        [mixed] bằng cấp và chứng nhận
       *[education] bằng cấp
    }
# A day without a time.
day = ngày { $day } { month } năm { $year }
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] Ngày thi: { day }
       *[other] Ngày cấp: { day }
    }
valid-to = Có hiệu lực đến: { day }
result = Kết quả: { $result }
issued-by = Nơi cấp: { $issuer }
your-qualifications =
    { $kind ->
        [english] Kết quả thi tiếng Anh của Anh/Chị
        [microcredential] Khóa học của Anh/Chị
        [mixed] Bằng cấp và chứng nhận của Anh/Chị
       *[education] Bằng cấp của Anh/Chị
    }
majors = Chuyên ngành: { $majors }
honours = Danh hiệu: { $honours }
conferred = Năm cấp bằng: { $year }
awaited = Đã hoàn thành chương trình học, đang chờ tốt nghiệp
awaited-until = Đã hoàn thành chương trình học, đang chờ tốt nghiệp (dự kiến { $year })

## In mails and on pages

your-code = Mã của Anh/Chị
what-happens-next = Các bước tiếp theo
safety-and-help = An toàn và trợ giúp
no-more-reminders = Ngừng nhận thư nhắc

## Every page

error = Lỗi:
choose-language = Ngôn ngữ
footer-never-a-password = Chúng tôi không bao giờ hỏi mật khẩu trên trang này.
footer-address = Đây là trang của chúng tôi nếu địa chỉ trong trình duyệt bắt đầu bằng { $page }
footer-not-sure = Anh/Chị không chắc chắn, hoặc có điều gì không đúng? Đừng nhập gì cả, và hãy viết cho chúng tôi: { $support }

## The form for the code

form-title = { add-button }
form-where = Chúng tôi đã gửi thư mời qua email. Mã của Anh/Chị có trong email đó.
form-code-hint = Gồm 13 chữ cái và chữ số. Chữ hoa hay chữ thường, dấu cách và dấu gạch ngang không quan trọng. Anh/Chị cũng có thể dán liên kết từ email.
form-code-length = Mã này quá ngắn hoặc quá dài. Mã gồm 13 chữ cái và chữ số.
form-code-symbol = Có ký tự không dùng trong mã. Mã chỉ gồm chữ cái và chữ số, và không bao giờ có chữ U: có thể đó là chữ V.
form-code-mistyped = Mã này bị gõ nhầm. Vui lòng so với mã trong email của chúng tôi.
form-mistakes-are-harmless = Gõ nhầm không gây hại gì.
example-date = 27/03/1999
example-date-in-words = 27 tháng 3 năm 1999
form-birth = Ngày sinh của Anh/Chị
form-birth-hint = Ngày, tháng và năm, ví dụ { example-date } hoặc { example-date-in-words }. Chúng tôi hỏi để không ai khác dùng được mã của Anh/Chị.
form-birth-missing = Vui lòng nhập ngày sinh của Anh/Chị.
form-birth-shape = Chúng tôi không đọc được ngày này. Vui lòng viết như { example-date }: ngày, tháng và năm đủ bốn chữ số.
form-student-id = Mã số sinh viên của Anh/Chị
form-student-id-hint = Như trên thẻ sinh viên. Chúng tôi hỏi để không ai khác dùng được mã của Anh/Chị.
form-student-id-missing = Vui lòng nhập mã số sinh viên của Anh/Chị.
form-student-id-shape = Đây không giống mã số sinh viên. Mã số gồm chữ cái và chữ số, không có dấu cách.
add-button = Thêm vào { -seek-pass }
form-is-harmless = Không có gì xảy ra trước khi Anh/Chị nhấn nút.
next-button = Khi nhấn nút, Anh/Chị sẽ được chuyển đến { -seek-pass }. Nếu có nhiều mục, Anh/Chị chọn tại đây trước mục muốn thêm.
next-sign-in = Anh/Chị đăng nhập tại { -seek-pass }, tốt nhất bằng <b>địa chỉ email cá nhân mà Anh/Chị sẽ dùng lâu dài</b>.
next-password = { -seek-pass } gửi mật khẩu dùng một lần (OTP) của riêng họ đến địa chỉ đó. <b>Mã của chúng tôi không phải là mật khẩu đó.</b>
next-finish = Vui lòng hoàn tất tại đó trong vòng 48{ "\u00A0" }giờ. Nếu hết thời gian, hãy quay lại với cùng mã này.

## The qualifications of a code

list-one-by-one = Anh/Chị thêm lần lượt từng mục: nhấn nút, hoàn tất trong { -seek-pass }, rồi quay lại với cùng mã này cho mục tiếp theo.
list-conferred = <b>Bằng cấp của Anh/Chị đã được chính thức cấp.</b> Thông tin đã thêm vào { -seek-pass } trước đây ghi là đang chờ tốt nghiệp; vui lòng thêm lại thông tin mới.
list-corrected = <b>Chúng tôi đã sửa { thing } này.</b> Thông tin đã thêm vào { -seek-pass } trước đây không còn đúng; vui lòng thêm lại thông tin đã sửa.
list-addable = Chưa có trong { -seek-pass }.
list-waiting = Đang chờ đến lượt. Yêu cầu của Anh/Chị đã được lưu an toàn, và sẽ được gửi đến { -seek-pass } khi đến lượt.
list-added = Đã thêm nhưng chưa hoàn tất: vui lòng chấp nhận trong { -seek-pass }.
list-verified = Đã có trong { -seek-pass } của Anh/Chị, đã xác thực. Không cần làm gì thêm.
list-rejected = { -seek-pass } không nhận thông tin như chúng tôi đã gửi. Việc sửa là của chúng tôi: vui lòng viết cho { $support } và cho biết mã số sinh viên của Anh/Chị.
list-waiting-button = Xem thứ tự chờ của tôi
list-added-button = Tiếp tục trong { -seek-pass }
list-is-it-wrong = Thông tin { thing } có gì sai? Vui lòng viết cho chúng tôi trước khi thêm.

## In the queue

waiting-title = Anh/Chị đang chờ đến lượt
waiting-next = Anh/Chị là người tiếp theo.
waiting-place = Anh/Chị ở vị trí số { $place } trong hàng chờ.
waiting-silent = { -seek-pass } hiện không phản hồi. Chúng tôi vẫn tiếp tục thử, nhưng không biết sẽ mất bao lâu.
waiting-soon = Sẽ mất chưa đến một phút.
waiting-minutes = Sẽ mất khoảng { $minutes } phút.
waiting-hours = Sẽ mất khoảng { $hours } giờ.
waiting-is-stored = <b>Yêu cầu của Anh/Chị đã được lưu an toàn.</b> Anh/Chị có thể đóng trang này và quay lại sau với cùng mã này: vị trí của Anh/Chị được giữ nguyên.
waiting-looks-again =
    { $seconds ->
        [1] Trang này tự kiểm tra lại mỗi giây.
       *[other] Trang này tự kiểm tra lại sau mỗi { $seconds } giây.
    } Khi đến lượt, Anh/Chị sẽ được chuyển đến { -seek-pass }.
waiting-is-still = Trang này không tự kiểm tra lại. Khi đến lượt, nút này đưa Anh/Chị đến { -seek-pass }.
waiting-look-now = Kiểm tra ngay
waiting-stop = Ngừng tự kiểm tra lại
waiting-go-on = Để trang tự kiểm tra lại

## All is done

verified-title = Đã có trong { -seek-pass }
verified-all = Tất cả những gì chúng tôi mời Anh/Chị thêm đã có trong { -seek-pass }, được chúng tôi xác thực. Không cần làm gì thêm.
verified-see = Để xem, hãy đăng nhập vào { -seek-pass } hoặc ứng dụng bằng địa chỉ email Anh/Chị đã dùng tại đó.
verified-not-you = Không phải Anh/Chị đã thêm? Vui lòng viết cho chúng tôi: { $support }

## The page behind the link of a reminder

opt-out-title = Ngừng nhận thư nhắc?
opt-out-why = Nếu Anh/Chị nhấn nút này, chúng tôi sẽ không nhắc lại về những gì có thể thêm vào { -seek-pass } nữa. Mã của Anh/Chị vẫn dùng được.
opt-out-button = Đừng gửi thư nhắc cho tôi nữa
opted-out = Chúng tôi sẽ không gửi thư nhắc cho Anh/Chị nữa. Mã của Anh/Chị vẫn dùng được đến ngày ghi trong email của chúng tôi.

## What went wrong

problem-code-title = Mã này không dùng được
problem-code-why = Vì sự an toàn của Anh/Chị, chúng tôi không nêu lý do. Có thể là
problem-code-other = mã không hoàn toàn giống mã trong email của chúng tôi: vui lòng so lại
problem-code-other-or-answer = mã không hoàn toàn giống mã trong email của chúng tôi, hoặc câu trả lời không khớp với hồ sơ: vui lòng so lại
problem-code-newer = có email mới hơn từ chúng tôi: vui lòng dùng mã trong email mới nhất
problem-code-expired = mã đã hết hạn: email của chúng tôi có ghi thời hạn
problem-code-withdrawn = thư mời đã bị thu hồi.
problem-code-help = Nếu vẫn không được, hãy viết cho chúng tôi: { $support }
problem-too-many-title = Vui lòng thử lại sau
problem-too-many-why = Đã có quá nhiều lần nhập sai. Không nhất thiết là của Anh/Chị.
problem-too-many-until =
    { $minutes ->
        [1] Anh/Chị có thể thử lại từ <b>{ $until }</b>, sau một phút nữa.
       *[other] Anh/Chị có thể thử lại từ <b>{ $until }</b>, sau khoảng { $minutes } phút nữa.
    } Mã của Anh/Chị không mất và vẫn dùng được.
problem-rejected-title = { -seek-pass } không nhận thông tin
problem-rejected-why = { -seek-pass } không nhận thông tin như chúng tôi đã gửi. Việc sửa là của chúng tôi; Anh/Chị không làm gì sai.
problem-rejected-help = Vui lòng viết cho chúng tôi, nêu mã số sinh viên nhưng không nêu mã trong email: { $support }
problem-rejected-then = Sau khi sửa xong, Anh/Chị có thể dùng lại mã này.
problem-other-site-title = Yêu cầu này không đến từ trang của chúng tôi
problem-other-site-why = Vì sự an toàn của Anh/Chị, chúng tôi chỉ nhận mã từ trang của mình. Chưa có gì được gửi đến { -seek-pass }, và mã của Anh/Chị vẫn dùng được.
problem-other-site-help = Vui lòng nhập mã trên trang của chúng tôi. Nếu trang này hiện lại, hãy dùng trình duyệt khác, hoặc viết cho chúng tôi: { $support }
problem-not-here-title = Không có trang này
problem-not-here-why = Địa chỉ có thể bị cắt mất hoặc gõ nhầm. Không có gì bị mất: mã của Anh/Chị có trong email của chúng tôi, và có thể nhập trên trang của chúng tôi.
problem-too-late-title = Vui lòng dùng lại mã
problem-too-late-why = Trang Anh/Chị quay lại không còn được lưu. Không có gì bị mất: hãy dùng lại mã để xem yêu cầu của Anh/Chị đến đâu.
problem-silent-title = { -seek-pass } không phản hồi
problem-silent-why = Trước đây Anh/Chị đã bắt đầu thêm mục này. Chúng tôi phải hỏi { -seek-pass } về kết quả, nhưng hiện không có phản hồi.
problem-silent-help = Không có gì bị mất, và mã của Anh/Chị vẫn dùng được. Vui lòng thử lại sau vài phút.
problem-too-large-title = Dữ liệu không đến trọn vẹn
problem-too-large-why = Dữ liệu từ trình duyệt quá lớn hoặc gửi quá lâu. Không có gì bị mất, và mã của Anh/Chị vẫn dùng được.
problem-too-large-help = Vui lòng thử lại, nếu được thì với kết nối tốt hơn.
problem-ours-title = Đã xảy ra lỗi phía chúng tôi
problem-ours-why = Không có gì bị mất, và mã của Anh/Chị vẫn dùng được. Vui lòng thử lại sau vài phút.
problem-ours-help = Nếu lỗi lặp lại, hãy viết cho chúng tôi: { $support }
problem-button = Nhập mã
