# The frame of pages, logging in, errors
shell-name = Leitai
shell-tagline = Labor and skills contests
shell-contests = Contests
shell-log-in = Log in
shell-log-out = Log out
shell-my-work = My work
shell-organize = Organize
shell-skip = Skip to content
shell-language = Language
shell-footer = Results follow from the rules and the recorded marks; anybody can check them.
shell-close = Close
shell-open = Open
shell-required = required

error-title = Not done
error-not-found-title = No such page
error-not-found = The address may be mistyped, or the content was moved.
error-busy-title = One moment
error-busy = Too much at once. Nothing is lost: please try again in { $seconds } s.
error-tried-too-often = There were too many wrong tries, so this one was not looked at, to stop guessing. Please try again in { $wait }, or scan the QR code of a card, or use a device that logged in before.
wait-seconds = { $count } { $count ->
    [one] second
   *[other] seconds
}
wait-minutes = { $count } { $count ->
    [one] minute
   *[other] minutes
}
error-not-let-in-title = Could not log in
error-not-let-in = The name, password or code is not right, or the code has expired. Please check and try again.
error-log-in-first-title = Please log in first
error-log-in-first = This page needs you to log in. You will come back here afterwards.
error-forbidden-title = Not allowed
error-forbidden = Your role does not allow this. Please ask the organizer if you need it.
error-foreign-title = Foreign origin
error-foreign = The request did not come from a page of this site and was not carried out. Please go back to the page and try again.
error-refused-title = The rules do not allow it
error-operation-reused = The same operation number came with other content and was not carried out. Please reload the page and try again.
error-operation-refused-before = This operation was refused before. Please do it once more.
error-taken = That name is in use; please choose another.
error-second-unknown-title = The second person did not confirm
error-second-unknown = The second person’s code, or account and password, is not right, or the card is not of this contest. Nothing was changed: have them type again.
error-seed-gone = The committed seed is not on this server: it was made on another one, or lost with the server’s folder. Nothing was drawn: make a new seed and publish its digest.
second-title = Second person
second-about = Another chief judge or organizer types the code of their own card here; without a card, their account and password. Who confirmed is recorded.
second-code = Code of the second person
second-or = No card: account and password
second-login = Account of the second person
second-password = Password of the second person
error-password-short = A password needs at least { $least } characters.
error-text-refused = The text is too long (at most { $most } characters) or contains a character that is not allowed.
error-damaged = Entry { $seq } of this contest is not what was written, so the contest has stopped. Nothing was changed: please call the administrator at once.
error-too-large-title = Too large
error-too-large = What was sent is larger than allowed and was not saved.
error-bad-input-title = Not understood
error-bad-input = What was sent is incomplete or malformed and was not saved. Please check it and try again.
error-internal-title = Something went wrong
error-internal = Something unexpected happened and was recorded. What was saved before is not lost; please try again later.
error-back = To the start page
error-pin-refused = A PIN has { $least } to { $most } digits; not the same digit, not in a row, not the employee number. Nothing was changed: choose another.
