# 繁體中文。本檔案的寫法見 docs/languages.md。

language = 繁體中文

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month = { $month }月
moment = { $year }年{ month }{ $day }日 { $hour }:{ $minute }（{ $zone }）
time-of-day = { $hour }:{ $minute }（{ $zone }）

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = { $university } 的 { -seek-pass } 邀請
subject-conferred = 學歷已頒授：{ $university } 的 { -seek-pass } 邀請
subject-corrected = 資料更正：{ $university } 的 { -seek-pass } 邀請
subject-replacement = { $university } 的 { -seek-pass } 邀請的新邀請碼（取代先前的電子郵件）
subject-reminder = 提醒：{ $university } 的 { -seek-pass } 邀請
subject-lapsed = 尚未完成：{ $university } 的 { -seek-pass } 邀請

## The mail

mail-title = 將您的{ thing }加入 { -seek-pass }
mail-greeting = { $name }，您好：
mail-congratulations = 恭喜您在 { $university } 完成學業。
mail-conferred =
    <b>{ $count ->
        [1] 您的學歷現已正式頒授。
       *[other] 您至少有一項學歷現已正式頒授。
    }</b>您先前加入 { -seek-pass } 的資料顯示為等待畢業。該資料仍會保留，請您自行加入新的資料。
mail-corrected = <b>我們更正了您的資料。</b>您先前加入 { -seek-pass } 的部分資料已不正確，請重新加入更正後的資料。
mail-replacement = <b>本郵件取代我們先前的電子郵件。</b>請使用本郵件中的邀請碼。
mail-invitation = 我們邀請您將經我們核實的{ thing }加入 { -seek-pass }。畢業生可在 { -seek-pass } 保存經核實的學歷，並向僱主出示。
mail-valid-until = 有效期限至 { $moment }：
mail-open-link = 請開啟此連結，您的邀請碼已填妥：
mail-button = 開啟邀請
mail-type-address = 如果您不想點按連結，請在瀏覽器中輸入以下網址，並在該頁面輸入邀請碼：
mail-opening-is-harmless = 開啟連結或頁面不會改變任何內容，只有按下該頁面上的按鈕才會生效。
mail-next = 在該頁面按下按鈕後，您將前往 { -seek-pass } 並在那裡登入。隨後 { -seek-pass } 會將其一次性密碼（OTP）以電子郵件寄到您用於登入的信箱。<b>本郵件中的邀請碼不是該密碼。</b>
mail-personal-address = 請使用<b>您會長期使用的個人電子信箱</b>登入。
mail-not-university-address = 請使用<b>您會長期使用的個人電子信箱</b>登入，不要使用學校信箱：學校信箱可能會停用，其過濾系統也可能攔截來自 { -seek-pass } 的郵件。
mail-no-password = 如果沒有收到一次性密碼：
mail-no-password-wait = 請等待幾分鐘
mail-no-password-spam = 請查看垃圾郵件資料夾
mail-no-password-again = 請讓 { -seek-pass } 重新寄送
mail-no-password-address = 請換一個電子信箱試試
mail-finish = 請在 48 小時內在 { -seek-pass } 完成操作；如有提示，請登入其應用程式。如果超過時限，請再次使用同一邀請碼。邀請碼在您的{ thing }加入 { -seek-pass } 之前一直有效，但不晚於 { $moment }。
mail-never-a-password = 我們絕不會向您索取密碼。
mail-do-not-forward = 請勿轉寄本郵件。邀請碼僅供您本人使用。
mail-is-it-wrong =
    姓名或{ thing }有誤，或者您沒有料到會收到本郵件？請在使用邀請碼之前與我們聯絡：
    { $support }
mail-regards = 謹致問候

## A reminder, which besides says what the mail says

mail-reminder = 我們先前曾向您發出邀請，但您尚未加入任何學歷。這是一封提醒郵件，內有新的邀請碼。
mail-lapsed = 您已開始將{ thing }加入 { -seek-pass }，但未能在 48{ "\u00A0" }小時內在那裡全部完成。<b>沒有任何內容遺失：</b>您可以用以下邀請碼重新開始。
mail-still-to-add = 畢業生可在 { -seek-pass } 保存經核實的學歷，並向僱主出示。您仍可加入：
mail-opt-out = 如果您不想再收到提醒，請開啟此頁面並按下頁面上的按鈕。您的邀請碼仍然有效：

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] 英語考試成績
        [microcredential] 課程
        [mixed] 資格證明
       *[education] 學歷
    }
# A day without a time.
day = { $year }年{ month }{ $day }日
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] 考試日期：{ day }
       *[other] 頒發日期：{ day }
    }
valid-to = 有效期限至：{ day }
result = 成績：{ $result }
issued-by = 頒發機構：{ $issuer }
your-qualifications = 您的{ thing }
majors = 主修：{ $majors }
honours = 榮譽：{ $honours }
conferred = 頒授年份：{ $year }
awaited = 已完成學業，等待畢業
awaited-until = 已完成學業，等待畢業（預計 { $year } 年）

## In mails and on pages

your-code = 您的邀請碼
what-happens-next = 後續步驟
safety-and-help = 安全與協助
no-more-reminders = 不再接收提醒

## Every page

error = 錯誤：
choose-language = 語言
footer-never-a-password = 我們絕不會在此頁面索取密碼。
footer-address = 如果瀏覽器中的網址以 { $page } 開頭，此頁面即為我們的頁面。
footer-not-sure = 不確定，或有什麼不對？請不要輸入任何內容，並與我們聯絡：{ $support }

## The form for the code

form-title = { add-button }
form-where = 我們已透過電子郵件邀請您，邀請碼就在郵件中。
form-code-hint = 由 13 個字母和數字組成。大小寫、空格和連字號均不影響。您也可以貼上郵件中的連結。
form-code-length = 邀請碼過短或過長。邀請碼由 13 個字母和數字組成。
form-code-symbol = 其中有邀請碼不會使用的字元。邀請碼只含字母和數字，且沒有字母 U，可能是 V。
form-code-mistyped = 邀請碼輸入有誤，請與我們郵件中的邀請碼核對。
form-mistakes-are-harmless = 輸錯不會有任何影響。
example-date = 1999/03/27
example-date-in-words = 1999年3月27日
form-birth = 您的出生日期
form-birth-hint = 年、月、日，例如 { example-date } 或 { example-date-in-words }。我們詢問此項，是為了防止他人使用您的邀請碼。
form-birth-missing = 請輸入您的出生日期。
form-birth-shape = 我們無法辨識此日期。請按 { example-date } 的格式填寫：四位數年份、月、日。
form-student-id = 您的學號
form-student-id-hint = 與學生證上的一致。我們詢問此項，是為了防止他人使用您的邀請碼。
form-student-id-missing = 請輸入您的學號。
form-student-id-shape = 這不像是學號。學號由字母和數字組成，不含空格。
add-button = 加入 { -seek-pass }
form-is-harmless = 在您按下按鈕之前，不會發生任何操作。
next-button = 按下按鈕後，您將前往 { -seek-pass }。如果有多項內容，請先在這裡選擇要加入的一項。
next-sign-in = 在 { -seek-pass } 登入，最好使用<b>您會長期使用的個人電子信箱</b>。
next-password = { -seek-pass } 會將其一次性密碼（OTP）寄到該信箱。<b>我們的邀請碼不是該密碼。</b>
next-finish = 請在 48{ "\u00A0" }小時內在那裡完成操作。如果超過時限，請用同一邀請碼回到這裡。

## The qualifications of a code

list-one-by-one = 請逐項加入您的{ thing }：按下按鈕，在 { -seek-pass } 完成操作，然後用同一邀請碼回來加入下一項。
list-conferred = <b>您的學歷現已正式頒授。</b>您先前加入 { -seek-pass } 的資料顯示為等待畢業，請重新加入新的資料。
list-corrected = <b>我們更正了此項{ thing }。</b>您先前加入 { -seek-pass } 的資料已不正確，請重新加入更正後的資料。
list-addable = 尚未加入 { -seek-pass }。
list-waiting = 排隊中。您的請求已安全儲存，輪到您時會傳送到 { -seek-pass }。
list-added = 已加入但尚未完成：請在 { -seek-pass } 中接受。
list-verified = 已在您的 { -seek-pass } 中，並已核實。您無需再做任何操作。
list-rejected = { -seek-pass } 沒有接受我們傳送的資料。這需要由我們處理：請聯絡 { $support } 並提供您的學號。
list-waiting-button = 查看我的排隊位置
list-added-button = 在 { -seek-pass } 繼續
list-is-it-wrong = { thing }資料有誤？請在加入之前與我們聯絡。

## In the queue

waiting-title = 您正在排隊
waiting-next = 下一位就是您。
waiting-place = 您排在第 { $place } 位。
waiting-silent = { -seek-pass } 目前沒有回應。我們會繼續嘗試，但無法告知需要多久。
waiting-soon = 預計不到一分鐘。
waiting-minutes = 預計約 { $minutes } 分鐘。
waiting-hours = 預計約 { $hours } 小時。
waiting-is-stored = <b>您的請求已安全儲存。</b>您可以關閉此頁面，稍後用同一邀請碼回來：您的位置會保留。
waiting-looks-again =
    { $seconds ->
        [1] 此頁面每秒自動更新。
       *[other] 此頁面每 { $seconds } 秒自動更新。
    }輪到您時，您將前往 { -seek-pass }。
waiting-is-still = 此頁面不會自動更新。輪到您時，此按鈕會帶您前往 { -seek-pass }。
waiting-look-now = 立即更新
waiting-stop = 停止自動更新
waiting-go-on = 開啟自動更新

## All is done

verified-title = 已在 { -seek-pass } 中
verified-all = 我們邀請您加入的所有內容均已在 { -seek-pass } 中，並經我們核實。您無需再做任何操作。
verified-see = 如需查看，請用您在那裡使用的電子信箱登入 { -seek-pass } 或其應用程式。
verified-not-you = 不是您本人加入的？請與我們聯絡：{ $support }

## The page behind the link of a reminder

opt-out-title = 不再接收提醒？
opt-out-why = 按下此按鈕後，我們不會再提醒您可以加入 { -seek-pass } 的內容。您的邀請碼仍然有效。
opt-out-button = 不要再寄提醒給我
opted-out = 我們不會再向您寄送提醒。在我們郵件中註明的日期之前，您的邀請碼仍然有效。

## What went wrong

problem-code-title = 此邀請碼無法使用
problem-code-why = 為了您的安全，我們不說明具體原因。可能是：
problem-code-other = 與我們郵件中的邀請碼不完全一致：請核對
problem-code-other-or-answer = 與我們郵件中的邀請碼不完全一致，或您的回答與我們的紀錄不符：請核對
problem-code-newer = 我們寄出了更新的郵件：請使用最新一封郵件中的邀請碼
problem-code-expired = 邀請碼已過期：我們的郵件中註明了有效期限
problem-code-withdrawn = 邀請已撤回。
problem-code-help = 如果仍無法解決，請與我們聯絡：{ $support }
problem-too-many-title = 請稍後再試
problem-too-many-why = 錯誤嘗試次數過多，但不一定是您本人所為。
problem-too-many-until =
    { $minutes ->
        [1] 您可以在 <b>{ $until }</b> 之後重試，即一分鐘後。
       *[other] 您可以在 <b>{ $until }</b> 之後重試，即約 { $minutes } 分鐘後。
    }您的邀請碼沒有遺失，仍然有效。
problem-rejected-title = { -seek-pass } 沒有接受
problem-rejected-why = { -seek-pass } 沒有接受我們傳送的資料。這需要由我們處理，您沒有做錯任何事。
problem-rejected-help = 請與我們聯絡，並提供您的學號，但不要提供邀請碼：{ $support }
problem-rejected-then = 處理完成後，您可以再次使用同一邀請碼。
problem-other-site-title = 此請求不是來自我們的頁面
problem-other-site-why = 為了您的安全，我們只接受在我們自己的頁面上輸入的邀請碼。沒有任何內容傳送到 { -seek-pass }，您的邀請碼仍然有效。
problem-other-site-help = 請在我們的頁面上輸入邀請碼。如果再次出現此頁面，請換一個瀏覽器，或與我們聯絡：{ $support }
problem-not-here-title = 沒有此頁面
problem-not-here-why = 網址可能不完整或輸入有誤。沒有任何內容遺失：邀請碼就在我們的郵件中，您可以在我們的頁面上輸入。
problem-too-late-title = 請再次使用您的邀請碼
problem-too-late-why = 您返回的頁面已不再保留。沒有任何內容遺失：請再次使用邀請碼，即可查看您的請求進度。
problem-silent-title = { -seek-pass } 沒有回應
problem-silent-why = 您先前已開始加入此項內容。我們需要向 { -seek-pass } 查詢結果，但它目前沒有回應。
problem-silent-help = 沒有任何內容遺失，您的邀請碼仍然有效。請幾分鐘後再試。
problem-too-large-title = 內容沒有完整送達
problem-too-large-why = 您的瀏覽器傳送的內容過大或耗時過長。沒有任何內容遺失，您的邀請碼仍然有效。
problem-too-large-help = 請再試一次，如有可能，請使用更好的網路連線。
problem-ours-title = 我們這邊出現了問題
problem-ours-why = 沒有任何內容遺失，您的邀請碼仍然有效。請幾分鐘後再試。
problem-ours-help = 如果再次發生，請與我們聯絡：{ $support }
problem-button = 輸入邀請碼
