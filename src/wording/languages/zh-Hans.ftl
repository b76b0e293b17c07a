# 简体中文。本文件的写法见 docs/languages.md。

language = 简体中文

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month = { $month }月
moment = { $year }年{ month }{ $day }日 { $hour }:{ $minute }（{ $zone }）
time-of-day = { $hour }:{ $minute }（{ $zone }）

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = { $university } 的 { -seek-pass } 邀请
subject-conferred = 学历已授予：{ $university } 的 { -seek-pass } 邀请
subject-corrected = 信息更正：{ $university } 的 { -seek-pass } 邀请
subject-replacement = { $university } 的 { -seek-pass } 邀请的新邀请码（取代之前的邮件）
subject-reminder = 提醒：{ $university } 的 { -seek-pass } 邀请
subject-lapsed = 尚未完成：{ $university } 的 { -seek-pass } 邀请

## The mail

mail-title = 将您的{ thing }添加到 { -seek-pass }
mail-greeting = { $name }，您好：
mail-congratulations = 祝贺您在 { $university } 完成学业。
mail-conferred =
    <b>{ $count ->
        [1] 您的学历现已正式授予。
       *[other] 您至少有一项学历现已正式授予。
    }</b>您之前添加到 { -seek-pass } 的信息显示为等待毕业。该信息仍会保留，请您自行添加新的信息。
mail-corrected = <b>我们更正了您的信息。</b>您之前添加到 { -seek-pass } 的部分信息已不正确，请重新添加更正后的信息。
mail-replacement = <b>本邮件取代我们之前的邮件。</b>请使用本邮件中的邀请码。
mail-invitation = 我们邀请您将经我们核实的{ thing }添加到 { -seek-pass }。毕业生可在 { -seek-pass } 保存经核实的学历，并向雇主出示。
mail-valid-until = 有效期至 { $moment }：
mail-open-link = 请打开此链接，您的邀请码已填好：
mail-button = 打开邀请
mail-type-address = 如果您不想点击链接，请在浏览器中输入以下网址，并在该页面输入邀请码：
mail-opening-is-harmless = 打开链接或页面不会改变任何内容，只有按下该页面上的按钮才会生效。
mail-next = 在该页面按下按钮后，您将前往 { -seek-pass } 并在那里登录。随后 { -seek-pass } 会将其一次性密码（OTP）通过电子邮件发送到您用于登录的邮箱。<b>本邮件中的邀请码不是该密码。</b>
mail-personal-address = 请使用<b>您会长期使用的个人邮箱</b>登录。
mail-not-university-address = 请使用<b>您会长期使用的个人邮箱</b>登录，不要使用学校邮箱：学校邮箱可能会停用，其过滤系统也可能拦截来自 { -seek-pass } 的邮件。
mail-no-password = 如果没有收到一次性密码：
mail-no-password-wait = 请等待几分钟
mail-no-password-spam = 请查看垃圾邮件文件夹
mail-no-password-again = 请让 { -seek-pass } 重新发送
mail-no-password-address = 请换一个邮箱试试
mail-finish = 请在 48 小时内在 { -seek-pass } 完成操作；如有提示，请登录其应用。如果超过时限，请再次使用同一邀请码。邀请码在您的{ thing }添加到 { -seek-pass } 之前一直有效，但不晚于 { $moment }。
mail-never-a-password = 我们绝不会向您索要密码。
mail-do-not-forward = 请勿转发本邮件。邀请码仅供您本人使用。
mail-is-it-wrong =
    姓名或{ thing }有误，或者您没有料到会收到本邮件？请在使用邀请码之前与我们联系：
    { $support }
mail-regards = 谨致问候

## A reminder, which besides says what the mail says

mail-reminder = 我们之前曾向您发出邀请，但您尚未添加任何学历。这是一封提醒邮件，内有新的邀请码。
mail-lapsed = 您已开始将{ thing }添加到 { -seek-pass }，但未能在 48{ "\u00A0" }小时内在那里全部完成。<b>没有任何内容丢失：</b>您可以用以下邀请码重新开始。
mail-still-to-add = 毕业生可在 { -seek-pass } 保存经核实的学历，并向雇主出示。您仍可添加：
mail-opt-out = 如果您不想再收到提醒，请打开此页面并按下页面上的按钮。您的邀请码仍然有效：

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] 英语考试成绩
        [microcredential] 课程
        [mixed] 资格证明
       *[education] 学历
    }
# A day without a time.
day = { $year }年{ month }{ $day }日
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] 考试日期：{ day }
       *[other] 颁发日期：{ day }
    }
valid-to = 有效期至：{ day }
result = 成绩：{ $result }
issued-by = 颁发机构：{ $issuer }
your-qualifications = 您的{ thing }
majors = 专业：{ $majors }
honours = 荣誉：{ $honours }
conferred = 授予年份：{ $year }
awaited = 已完成学业，等待毕业
awaited-until = 已完成学业，等待毕业（预计 { $year } 年）

## In mails and on pages

your-code = 您的邀请码
what-happens-next = 后续步骤
safety-and-help = 安全与帮助
no-more-reminders = 不再接收提醒

## Every page

error = 错误：
choose-language = 语言
footer-never-a-password = 我们绝不会在此页面索要密码。
footer-address = 如果浏览器中的网址以 { $page } 开头，此页面即为我们的页面。
footer-not-sure = 不确定，或有什么不对？请不要输入任何内容，并与我们联系：{ $support }

## The form for the code

form-title = { add-button }
form-where = 我们已通过电子邮件邀请您，邀请码就在邮件中。
form-code-hint = 由 13 个字母和数字组成。大小写、空格和短横线均不影响。您也可以粘贴邮件中的链接。
form-code-length = 邀请码过短或过长。邀请码由 13 个字母和数字组成。
form-code-symbol = 其中有邀请码不会使用的字符。邀请码只含字母和数字，且没有字母 U，可能是 V。
form-code-mistyped = 邀请码输入有误，请与我们邮件中的邀请码核对。
form-mistakes-are-harmless = 输错不会有任何影响。
example-date = 1999/03/27
example-date-in-words = 1999年3月27日
form-birth = 您的出生日期
form-birth-hint = 年、月、日，例如 { example-date } 或 { example-date-in-words }。我们询问此项，是为了防止他人使用您的邀请码。
form-birth-missing = 请输入您的出生日期。
form-birth-shape = 我们无法识别此日期。请按 { example-date } 的格式填写：四位数年份、月、日。
form-student-id = 您的学号
form-student-id-hint = 与学生证上的一致。我们询问此项，是为了防止他人使用您的邀请码。
form-student-id-missing = 请输入您的学号。
form-student-id-shape = 这不像是学号。学号由字母和数字组成，不含空格。
add-button = 添加到 { -seek-pass }
form-is-harmless = 在您按下按钮之前，不会发生任何操作。
next-button = 按下按钮后，您将前往 { -seek-pass }。如果有多项内容，请先在这里选择要添加的一项。
next-sign-in = 在 { -seek-pass } 登录，最好使用<b>您会长期使用的个人邮箱</b>。
next-password = { -seek-pass } 会将其一次性密码（OTP）发送到该邮箱。<b>我们的邀请码不是该密码。</b>
next-finish = 请在 48{ "\u00A0" }小时内在那里完成操作。如果超过时限，请用同一邀请码回到这里。

## The qualifications of a code

list-one-by-one = 请逐项添加您的{ thing }：按下按钮，在 { -seek-pass } 完成操作，然后用同一邀请码回来添加下一项。
list-conferred = <b>您的学历现已正式授予。</b>您之前添加到 { -seek-pass } 的信息显示为等待毕业，请重新添加新的信息。
list-corrected = <b>我们更正了此项{ thing }。</b>您之前添加到 { -seek-pass } 的信息已不正确，请重新添加更正后的信息。
list-addable = 尚未添加到 { -seek-pass }。
list-waiting = 排队中。您的请求已安全保存，轮到您时会发送到 { -seek-pass }。
list-added = 已添加但尚未完成：请在 { -seek-pass } 中接受。
list-verified = 已在您的 { -seek-pass } 中，并已核实。您无需再做任何操作。
list-rejected = { -seek-pass } 没有接受我们发送的信息。这需要由我们处理：请联系 { $support } 并提供您的学号。
list-waiting-button = 查看我的排队位置
list-added-button = 在 { -seek-pass } 继续
list-is-it-wrong = { thing }信息有误？请在添加之前与我们联系。

## In the queue

waiting-title = 您正在排队
waiting-next = 下一位就是您。
waiting-place = 您排在第 { $place } 位。
waiting-silent = { -seek-pass } 目前没有响应。我们会继续尝试，但无法告知需要多久。
waiting-soon = 预计不到一分钟。
waiting-minutes = 预计约 { $minutes } 分钟。
waiting-hours = 预计约 { $hours } 小时。
waiting-is-stored = <b>您的请求已安全保存。</b>您可以关闭此页面，稍后用同一邀请码回来：您的位置会保留。
waiting-looks-again =
    { $seconds ->
        [1] 此页面每秒自动刷新。
       *[other] 此页面每 { $seconds } 秒自动刷新。
    }轮到您时，您将前往 { -seek-pass }。
waiting-is-still = 此页面不会自动刷新。轮到您时，此按钮会带您前往 { -seek-pass }。
waiting-look-now = 立即刷新
waiting-stop = 停止自动刷新
waiting-go-on = 开启自动刷新

## All is done

verified-title = 已在 { -seek-pass } 中
verified-all = 我们邀请您添加的所有内容均已在 { -seek-pass } 中，并经我们核实。您无需再做任何操作。
verified-see = 如需查看，请用您在那里使用的邮箱登录 { -seek-pass } 或其应用。
verified-not-you = 不是您本人添加的？请与我们联系：{ $support }

## The page behind the link of a reminder

opt-out-title = 不再接收提醒？
opt-out-why = 按下此按钮后，我们不会再提醒您可以添加到 { -seek-pass } 的内容。您的邀请码仍然有效。
opt-out-button = 不要再向我发送提醒
opted-out = 我们不会再向您发送提醒。在我们邮件中注明的日期之前，您的邀请码仍然有效。

## What went wrong

problem-code-title = 此邀请码无法使用
problem-code-why = 为了您的安全，我们不说明具体原因。可能是：
problem-code-other = 与我们邮件中的邀请码不完全一致：请核对
problem-code-other-or-answer = 与我们邮件中的邀请码不完全一致，或您的回答与我们的记录不符：请核对
problem-code-newer = 我们发出了更新的邮件：请使用最新一封邮件中的邀请码
problem-code-expired = 邀请码已过期：我们的邮件中注明了有效期
problem-code-withdrawn = 邀请已撤回。
problem-code-help = 如果仍无法解决，请与我们联系：{ $support }
problem-too-many-title = 请稍后再试
problem-too-many-why = 错误尝试次数过多，但不一定是您本人所为。
problem-too-many-until =
    { $minutes ->
        [1] 您可以在 <b>{ $until }</b> 之后重试，即一分钟后。
       *[other] 您可以在 <b>{ $until }</b> 之后重试，即约 { $minutes } 分钟后。
    }您的邀请码没有丢失，仍然有效。
problem-rejected-title = { -seek-pass } 没有接受
problem-rejected-why = { -seek-pass } 没有接受我们发送的信息。这需要由我们处理，您没有做错任何事。
problem-rejected-help = 请与我们联系，并提供您的学号，但不要提供邀请码：{ $support }
problem-rejected-then = 处理完成后，您可以再次使用同一邀请码。
problem-other-site-title = 此请求不是来自我们的页面
problem-other-site-why = 为了您的安全，我们只接受在我们自己的页面上输入的邀请码。没有任何内容发送到 { -seek-pass }，您的邀请码仍然有效。
problem-other-site-help = 请在我们的页面上输入邀请码。如果再次出现此页面，请换一个浏览器，或与我们联系：{ $support }
problem-not-here-title = 没有此页面
problem-not-here-why = 网址可能不完整或输入有误。没有任何内容丢失：邀请码就在我们的邮件中，您可以在我们的页面上输入。
problem-too-late-title = 请再次使用您的邀请码
problem-too-late-why = 您返回的页面已不再保留。没有任何内容丢失：请再次使用邀请码，即可查看您的请求进展。
problem-silent-title = { -seek-pass } 没有响应
problem-silent-why = 您之前已开始添加此项内容。我们需要向 { -seek-pass } 查询结果，但它目前没有响应。
problem-silent-help = 没有任何内容丢失，您的邀请码仍然有效。请几分钟后再试。
problem-too-large-title = 内容没有完整送达
problem-too-large-why = 您的浏览器发送的内容过大或耗时过长。没有任何内容丢失，您的邀请码仍然有效。
problem-too-large-help = 请再试一次，如有可能，请使用更好的网络连接。
problem-ours-title = 我们这边出现了问题
problem-ours-why = 没有任何内容丢失，您的邀请码仍然有效。请几分钟后再试。
problem-ours-help = 如果再次发生，请与我们联系：{ $support }
problem-button = 输入邀请码
