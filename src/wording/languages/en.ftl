# The words of mails and pages in English. The other languages say the same under the same names.
#
# How such a file is written: docs/languages.md. In short:
# - What stands in braces is filled in, and is in every language: { $university }, { -seek-pass }.
# - <b> … </b> is bold, and nothing where there is no bold.
# - A new line is a new line in the text part of a mail, and a space everywhere else. Long lines are broken by the program.
# - Nothing of what stands in braces is translated: no name, no code, no "SEEK Pass".

# The language's own name, for the choice of languages on the pages.
language = English

-seek-pass = SEEK{ "\u00A0" }Pass

## Dates and times

month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

# A deadline, such as: 14 December 2026, 23:59 (AEDT, UTC+11). A language may write { $buddhist_year } instead of { $year }.
moment = { $day } { month } { $year }, { $hour }:{ $minute } ({ $zone })
time-of-day = { $hour }:{ $minute } ({ $zone })

## The subject of a mail: one line, no code and no name of a graduate

subject-invitation = Your { -seek-pass } invitation from { $university }
subject-conferred = Conferred now: your { -seek-pass } invitation from { $university }
subject-corrected = Corrected: your { -seek-pass } invitation from { $university }
subject-replacement = A new code for your { -seek-pass } invitation from { $university } (replaces our earlier email)
subject-reminder = A reminder: your { -seek-pass } invitation from { $university }
subject-lapsed = Not finished yet: your { -seek-pass } invitation from { $university }

## The mail

mail-title = Add your { thing } to { -seek-pass }
mail-greeting = Hello { $name },
mail-congratulations =
    Congratulations on completing your studies at
    { $university }.
mail-conferred =
    <b>{ $count ->
        [one] Your qualification is conferred now.
       *[other] At least one of your qualifications is conferred now.
    }</b>
    What you added to { -seek-pass } before says that graduation is awaited; that stays there, and it is for you to add the conferred form.
mail-corrected = <b>We corrected what we say about you.</b> Something that you added to { -seek-pass } before is no longer right; we ask you to add it again as it is now.
mail-replacement = <b>This email replaces an earlier one from us.</b> Please use the code in this one.
mail-invitation =
    We invite you to add your { thing } to { -seek-pass }, verified by us.
    { -seek-pass } is where graduates keep verified credentials and can show
    them to employers.
mail-valid-until = Valid until { $moment }:
mail-open-link = Open this link. Your code is already filled in there:
mail-button = Open my invitation
mail-type-address = If you would rather not follow a link, type this address into your browser and enter the code there:
mail-opening-is-harmless = Opening the link or the page changes nothing. Only the button on that page does.
mail-next = When you press the button on that page, you go on to { -seek-pass } and sign in there. { -seek-pass } then sends its own one-time password by email, to the address that you sign in with. <b>The code in this email is not that password.</b>
mail-personal-address = Please sign in with a <b>personal address that you will keep</b>.
# To graduates who are mailed at an address of the university.
mail-not-university-address =
    Please sign in with a <b>personal address that you will keep</b>, not with
    your university address: that mailbox may close, and its filters may hold back emails from { -seek-pass }.
mail-no-password = If the one-time password does not arrive:
mail-no-password-wait = wait a few minutes
mail-no-password-spam = look in your spam folder
mail-no-password-again = ask { -seek-pass } to send it again
mail-no-password-address = try another address
mail-finish =
    Please finish in { -seek-pass } within 48 hours, and sign in to its app if
    it asks you to. If you run out of time, just use the same code again.
    { $count ->
        [one] It works until your { thing } is in { -seek-pass }, but not after
       *[other] It works until your { thing } are in { -seek-pass }, but not after
    }
    { $moment }.
mail-never-a-password = We never ask you for a password.
mail-do-not-forward = Please do not forward this email. The code is for you alone.
mail-is-it-wrong =
    { $kind ->
        [english] Is your name or a test result
        [microcredential] Is your name or a course
        [mixed] Is your name or a credential
       *[education] Is your name or a qualification
    } wrong, or did you not expect this email? Please write to us before you use the code:
    { $support }
mail-regards = Kind regards,

## A reminder, which besides says what the mail says

mail-reminder = We invited you some time ago, and nothing came of it yet. This is a reminder, with a new code.
# To graduates who began and did not finish.
mail-lapsed =
    You began to add your { thing } to { -seek-pass }, but not everything was finished there within 48{ "\u00A0" }hours.
    <b>Nothing is lost:</b> with the code below you can begin again.
mail-still-to-add = { -seek-pass } is where graduates keep verified credentials and can show them to employers. This is what you can still add:
mail-opt-out = If you do not want to be reminded, open this page and press the button there. Your code keeps working:

## A qualification, in mails and on pages. Its name, majors and honours are as the university wrote them.

# What the university gave: awards, English test results, courses; or several kinds of these.
thing =
    { $kind ->
        [english] { $count ->
            [one] English test result
           *[other] English test results
        }
        [microcredential] { $count ->
            [one] course
           *[other] courses
        }
        [mixed] credentials
       *[education] { $count ->
            [one] qualification
           *[other] qualifications
        }
    }
# A day without a time.
day = { $day } { month } { $year }
# The day of a test, or on which a course was awarded.
dated =
    { $kind ->
        [english] Date of the test: { day }
       *[other] Issued: { day }
    }
valid-to = Valid until: { day }
result = Result: { $result }
issued-by = Issued by: { $issuer }
your-qualifications = Your { thing }
majors =
    { $count ->
        [one] Major: { $majors }
       *[other] Majors: { $majors }
    }
honours = Honours: { $honours }
conferred = Conferred: { $year }
awaited = Studies complete, awaiting graduation
awaited-until = Studies complete, awaiting graduation (expected { $year })

## In mails and on pages

your-code = Your code
what-happens-next = What happens next
safety-and-help = Safety and help
no-more-reminders = No more reminders

## Every page

# Before what is wrong.
error = Error:
choose-language = Language
footer-never-a-password = We never ask you for a password on this page.
footer-address = This page is ours if the address in your browser begins with { $page }
footer-not-sure = Not sure, or is something wrong? Do not enter anything, and write to us: { $support }

## The form for the code

form-title = { add-button }
form-where = We invited you by email. Your code is in that email.
form-code-hint = 13 letters and digits. Capitals, spaces and dashes do not matter. You can also paste the link from the email.
form-code-length = This code is too short or too long. A code has 13 letters and digits.
form-code-symbol = There is a sign in this code that no code has. Codes have only letters and digits, and never the letter U: perhaps it is a V.
form-code-mistyped = There is a typing mistake in this code. Please compare it with the code in our email.
form-mistakes-are-harmless = Typing mistakes do no harm.
# The same date twice: as people write it in this language.
example-date = 27/03/1999
example-date-in-words = 27 March 1999
form-birth = Your date of birth
form-birth-hint = Day, month and year, for example { example-date } or { example-date-in-words }. We ask so that nobody else can use your code.
form-birth-missing = Please enter your date of birth.
form-birth-shape = This is not a date that we understand. Please write it like { example-date }: day, month, and the year in full.
form-student-id = Your student ID
form-student-id-hint = As on your student card. We ask so that nobody else can use your code.
form-student-id-missing = Please enter your student ID.
form-student-id-shape = This does not look like a student ID. It has letters and digits, and no spaces.
add-button = Add to { -seek-pass }
form-is-harmless = Nothing happens before you press the button.
next-button = When you press the button, you go on to { -seek-pass }. If there are several things to add, you choose here first which one.
next-sign-in = You sign in at { -seek-pass }, best with a <b>personal email address that you will keep</b>.
next-password = { -seek-pass } sends its own one-time password to that address. <b>Your code from us is not that password.</b>
next-finish = Please finish there within 48{ "\u00A0" }hours. If you run out of time, come back with the same code.

## The qualifications of a code

list-one-by-one = Add your { thing } one by one: press a button, finish in { -seek-pass }, then come back with the same code for the next one.
list-conferred = <b>Your qualification is conferred now.</b> What you added to { -seek-pass } before says that graduation is awaited; please add it again as it is now.
list-corrected = <b>We corrected this { thing }.</b> What you added to { -seek-pass } before is no longer right; please add it again as it is now.
list-addable = Not yet in { -seek-pass }.
list-waiting = In the queue. Your request is safely stored, and goes to { -seek-pass } when it is your turn.
list-added = Added, but not finished: please accept it in { -seek-pass }.
list-verified = In your { -seek-pass }, verified. There is nothing left to do.
list-rejected = { -seek-pass } did not take it as we sent it. This is for us to mend: please write to { $support } and give your student ID.
list-waiting-button = See my place in the queue
list-added-button = Go on in { -seek-pass }
list-is-it-wrong =
    { $count ->
        [one] Is something wrong in this { thing }? Please write to us before you add it.
       *[other] Is something wrong in these { thing }? Please write to us before you add them.
    }

## In the queue

waiting-title = You are in the queue
waiting-next = You are next.
waiting-place = You are number { $place } in the queue.
waiting-silent = { -seek-pass } does not answer at the moment. We keep trying, but we cannot say how long it will take.
waiting-soon = It will take less than a minute.
waiting-minutes =
    { $minutes ->
        [one] It will take about { $minutes } minute.
       *[other] It will take about { $minutes } minutes.
    }
waiting-hours = It will take about { $hours } hours.
waiting-is-stored = <b>Your request is safely stored.</b> You may close this page and come back later with the same code: you keep your place.
waiting-looks-again =
    { $seconds ->
        [1] This page looks again by itself every second.
       *[other] This page looks again by itself every { $seconds } seconds.
    }
    When it is your turn, you go on to { -seek-pass }.
waiting-is-still = This page does not look again by itself. When it is your turn, the button takes you on to { -seek-pass }.
waiting-look-now = Look again now
waiting-stop = Stop looking again by itself
waiting-go-on = Let it look again by itself

## All is done

verified-title = Already in { -seek-pass }
verified-all = Everything that we invited you to add is in { -seek-pass }, verified by us. There is nothing left to do.
verified-see = To see it, sign in to { -seek-pass } or its app with the email address that you used there.
verified-not-you = Was it not you who added it? Please write to us: { $support }

## The page behind the link of a reminder

opt-out-title = No more reminders?
opt-out-why = If you press this button, we will not remind you again of what you can add to { -seek-pass }. Your code keeps working.
opt-out-button = Send me no more reminders
opted-out = We will send you no more reminders. Your code still works until the day that our email says.

## What went wrong

problem-code-title = This code does not work
problem-code-why = For your safety we do not say why. It may be that
problem-code-other = it is not quite the code in our email: please compare
problem-code-other-or-answer = it is not quite the code in our email, or your answer is not what we have on record: please compare
problem-code-newer = there is a newer email from us: please use the code in the latest one
problem-code-expired = it has expired: our email says until when it is valid
problem-code-withdrawn = the invitation was withdrawn.
problem-code-help = If none of this helps, write to us: { $support }
problem-too-many-title = Please try again later
problem-too-many-why = There were too many wrong tries. They need not have been yours.
problem-too-many-until =
    { $minutes ->
        [1] You can try again from <b>{ $until }</b>, in a minute.
       *[other] You can try again from <b>{ $until }</b>, in about { $minutes } minutes.
    }
    Your code is not lost and still works.
problem-rejected-title = { -seek-pass } did not take it
problem-rejected-why = { -seek-pass } did not take it as we sent it. This is for us to mend, and you have done nothing wrong.
problem-rejected-help = Please write to us, and give your student ID but not your code: { $support }
problem-rejected-then = When it is mended, you can use the same code again.
problem-other-site-title = This did not come from our page
problem-other-site-why = For your safety we take a code only from our own page. Nothing was sent to { -seek-pass }, and your code still works.
problem-other-site-help = Please enter your code on our page. If this page comes again, use another browser, or write to us: { $support }
problem-not-here-title = There is no such page
problem-not-here-why = The address may have been cut off or mistyped. Nothing is lost: your code is in our email, and you can enter it on our page.
problem-too-late-title = Please use your code again
problem-too-late-why = The page that you came back to is no longer kept. Nothing is lost: use your code again, and you will see where your request stands.
problem-silent-title = { -seek-pass } does not answer
problem-silent-why = You began to add this before. We have to ask { -seek-pass } how that ended, and it does not answer at the moment.
problem-silent-help = Nothing is lost, and your code still works. Please try again in a few minutes.
problem-too-large-title = This did not arrive whole
problem-too-large-why = What your browser sent was too large or took too long. Nothing is lost, and your code still works.
problem-too-large-help = Please try again, perhaps with a better connection.
problem-ours-title = Something went wrong on our side
problem-ours-why = Nothing is lost, and your code still works. Please try again in a few minutes.
problem-ours-help = If it happens again, write to us: { $support }
problem-button = Enter your code
