# Papers

paper-not-running = the contest is { $phase }, nothing can be answered now
paper-before = it opens at { $opens }
paper-after = it closed at { $closed }
paper-not-for-you = it is not open to your group or unit
paper-sitting = you have a paper open; finish that one first
paper-used = all { $most } attempts are used
paper-today = today's { $most } attempts are used; again from { $next }
paper-wait = there is a pause between attempts; again from { $until }
paper-no-practice = this paper cannot be practised
paper-handed-in = handed in
paper-time-up = time was up
paper-item-void = void
paper-item-rekeyed = given another key

paper-unfit-kind = The answer is not one to this item and was not saved. Reload the page and answer again.
paper-unfit-place = There is no option { $at }; nothing was saved. Reload the page and answer again.
paper-unfit-twice = Option { $at } stands twice; nothing was saved. Put them in order again.
paper-unfit-many = At most { $most } places; nothing was saved. Take one away first.
paper-unfit-long = At most { $most } characters; nothing was saved. Write less.
paper-unfit-misplaced = Place { $at } lies outside, or over another; nothing was saved. Mark it again.

refusal-paper-unknown = The definition has no paper "{ $id }". Look at the definition.
refusal-paper-unknown-bank = No paper of the definition uses the bank "{ $id }", or it was not imported. Look at the bank's id.
refusal-paper-unknown-item = The bank has no item "{ $id }". Look at its id.
refusal-paper-no-bank = The bank "{ $id }" is not in use yet, so nothing can be answered. Ask the organizer.
refusal-paper-lacking = Row { $part } of the blueprint wants { $wants } items, and { $has } of the bank fit. Add items, or change the blueprint.
refusal-paper-no-entrant = Only registered entrants sit papers. Log in with your employee number, or ask the organizer.
refusal-paper-closed = It cannot be answered now: { $why }.
refusal-paper-not-yours = This is not your paper. Enter from your own page.
refusal-paper-over = This paper was handed in; its result stands.
refusal-paper-still-running = Its time is not up; nobody else hands it in.
refusal-paper-keys-changed = A key changed while it was marked; it will be marked by the new one. Try again.
refusal-paper-bank-empty = The bank is empty and was not taken into use. Import items first.
refusal-paper-item-twice = The item id "{ $id }" stands twice; the bank was not taken into use. Give it another id.
refusal-paper-window-backwards = The beginning must lie before the end. Change it and try again.
refusal-paper-nobody-valid = There is no valid paper yet to draw prizes among.
refusal-paper-restatement = { $missing } papers changed since the preview; nothing was restated. Look at the preview again.

trail-kind-bank-adopted = Bank in use
trail-kind-paper-drawn = Paper drawn
trail-kind-paper-finished = Paper finished
trail-kind-item-restated = Item restated
trail-kind-headcounts-frozen = Headcounts
trail-kind-prizes-drawn = Prize draw
trail-kind-window-granted = Window of one's own
trail-bank-adopted = Bank { $bank }: { $count } items
trail-paper-drawn = { $entrant } got "{ $of }", attempt { $attempt }, { $count } items
trail-paper-finished = Paper { $paper } { $how }: { $points } points, { $right } right
trail-item-restated = Item { $item } { $what }; { $count } papers marked again
trail-headcounts-frozen = Headcounts of { $count } units
trail-prizes-drawn = Prizes for "{ $of }": { $count } people
trail-window-granted = { $entrant } may sit "{ $of }" from { $from } to { $until }
