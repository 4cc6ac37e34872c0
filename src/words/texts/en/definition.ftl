# Checks of a definition: the fact (check-…) and the remedy (check-…-do)

check-warning = warning:{" "}
check-did-you-mean = did you mean `{ $nearest }`?
check-none-known = the definition has none yet; write it first

check-kind-text = text
check-kind-whole = a whole number
check-kind-number = a number
check-kind-float = a number with a point
check-kind-yes-no = true or false
check-kind-date = a date
check-kind-list = a list ([…])
check-kind-table = a table ({"{"}…{"}"})

check-thing-event = event
check-thing-group = group
check-thing-stage = stage
check-thing-aspect = aspect or piece
check-thing-panel = panel
check-thing-piece = piece
check-thing-table = table
check-thing-award = award
check-thing-eligibility = eligibility
check-thing-paper = paper
check-thing-period = period
check-thing-indicator = indicator
check-thing-collection = collection
check-thing-entrant-value = value of the entrant list
check-thing-recorded = recorded value
check-thing-factor = source of a factor

check-ascending = ascending
check-descending = descending

check-number-empty = there is nothing between the quotes
check-number-strange = only digits, one point and a sign in front may stand here
check-number-long = too many digits

check-too-large = the file has { $bytes } bytes, more than { $most }
check-too-large-do = definitions have a few thousand bytes; is this the right file?
check-syntax = not TOML: { $message }
check-syntax-do = look at quotes, brackets and equal signs here
check-unknown-key = there is no key `{ $key }` here
check-unknown-key-do = the keys are { $known }
check-missing-key = `{ $key }` is missing
check-missing-key-do = write `{ $key } = …`
check-wrong-type = `{ $key }` must be { $wanted }, and is { $found }
check-wrong-type-do = write { $wanted }
check-float = { $text } is not in quotes; decimals without quotes are stored as binary approximations
check-float-do = write it in quotes: "{ $text }"
check-not-a-number = "{ $text }" is not a number: { $why }
check-not-a-number-do = write a number such as "12.5" or 12 (at most 15 digits before and 10 after the point)
check-unknown-word = "{ $word }" is not known here
check-unknown-word-do = the words are { $known }
check-out-of-range = `{ $key }` is { $value }, outside { $from }–{ $to }
check-out-of-range-do = write a number from { $from } to { $to }
check-out-of-range-do-one = write { $from }
check-duplicate-key = `{ $key }` stands twice
check-duplicate-key-do = take one away
check-cut-in-last-round = nobody goes on from the last round `{ $round }`
check-cut-in-last-round-do = take `cut` away here; how many get something is said in [[award]]
check-empty-text = `{ $key }` is empty
check-empty-text-do = write something, or leave the key out
check-long-text = `{ $key }` has { $chars } characters, more than { $most }
check-long-text-do = make it shorter
check-few-items = `{ $key }` has { $items } items and needs at least { $least }
check-few-items-do = add some, or leave the key out
check-many-items = `{ $key }` has { $items } items, more than { $most }
check-many-items-do = take some away
check-bad-id = "{ $id }" cannot be an id
check-bad-id-do = begin with a lower-case letter and use lower-case letters, digits and single hyphens, at most 60, as in "first-prize"

check-duplicate-id = the id `{ $id }` is taken in line { $line }
check-duplicate-id-do = choose another: marks, lists and awards are told apart by it
check-reserved-id = `{ $id }` means something else and cannot be an id
check-reserved-id-do = choose another word
check-unknown = there is no { $thing } `{ $id }`
check-unknown-do = there are { $known }
check-listed-twice = `{ $id }` stands here twice
check-listed-twice-do = take one away

check-key-not-here = `{ $key }` cannot stand with `{ $with }`
check-key-not-here-do = take `{ $key }` away, or change `{ $with }`
check-key-needed = `{ $with }` needs `{ $key }`
check-key-needed-do = write `{ $key } = …`
check-one-of = one of { $keys } is missing
check-one-of-do = write one of them
check-only-one-of = only one of { $keys } can stand here
check-only-one-of-do = keep one, take the others away
check-min-above-max = the minimum { $min } is not below the maximum { $max }
check-min-above-max-do = make the minimum smaller than the maximum
check-negative-max = { $max } is too small; it must be above 0
check-negative-max-do = write a positive number
check-rows-out-of-order = the rows are not { $order }
check-rows-out-of-order-do = put them in { $order } order, each once

check-bad-date = "{ $text }" is not a date
check-bad-date-do = write it as "2026-06-30"
check-bad-timezone = there is no time zone "{ $text }"
check-bad-timezone-do = write a name such as "Asia/Shanghai"
check-bad-path = "{ $text }" is not below the contests folder
check-bad-path-do = write a path inside it, such as "templates/skills.typ"

check-step-does-not-divide = `step` is { $step }, which does not divide the range from { $min } to `max` { $max }
check-step-does-not-divide-do = use { $suggest }
check-step-does-not-divide-do-any = choose a step that divides { $width }
check-step-not-positive = `step` is { $step } and must be above 0
check-step-not-positive-do = write a positive number such as "0.5"
check-weights-sum = the weights of the stages add up to { $sum }, not 1
check-weights-sum-do = change them so that they are exactly 1 together, for each event and group
check-weights-sum-do-percent = write them as parts of 1: 30 % is "0.3"
check-weight-negative = { $weight } cannot be a weight
check-weight-negative-do = write a positive number
check-rescale-needs-max = the stage `{ $stage }` is rescaled to 100, and its maximum is not known
check-rescale-needs-max-do = write `max`, or `rescale = false`
check-levels-incomplete = a banded judgement has the levels 0, 1, 2 and 3, once each; missing or double: { $missing }
check-levels-incomplete-do = describe each level once
check-no-rule-for-values = { $values } values are recorded, and no rule makes points of them
check-no-rule-for-values-do = write `bands`, `all-or-nothing` or `formula`
check-points-above-max = { $points } points are more than the `max` of { $max }
check-points-above-max-do = give fewer points, or a larger `max`
check-condition-impossible = the condition on `{ $value }` can never hold
check-condition-impossible-do = are the bounds the wrong way round?
check-points-positive = a violation of { $points } would add points
check-points-positive-do = write { $negative }
check-no-pieces = the stage `{ $stage }` has no pieces
check-no-pieces-do = write [[stage.piece]], or aim at an aspect or the stage
check-best-above-count = the best { $best } attempts count, of only { $count }
check-best-above-count-do = make `best` smaller, or `count` larger
check-stage-in-no-round = the stage `{ $stage }` is in no round and would never count
check-stage-in-no-round-do = write it into the `stages` of a [[round]]
check-stage-in-rounds = the stage `{ $stage }` is in { $rounds } rounds
check-stage-in-rounds-do = keep it in one; `carry` says whether scores go on

check-formula-circle = formulas go in a circle: { $names }
check-formula-circle-do = change one of them
check-formula-name-twice = `{ $name }` would mean two things in this formula
check-formula-name-twice-do = give one of them another id
check-formula-empty = formula "{ $source }", character { $at }: there is nothing
check-formula-empty-do = write a formula; the names are { $known }
check-formula-too-long = formula "{ $source }" is too long (after character { $at }), at most { $most } characters
check-formula-too-long-do = split it into several aspects; the names are { $known }
check-formula-character = formula "{ $source }", character { $at }: { $character } has no meaning here
check-formula-character-do = there are + - * / ( ) , < > == != && || ! and if … {"{"} … {"}"} else {"{"} … {"}"}; the names are { $known }
check-formula-number = formula "{ $source }", character { $at }: { $number } is not a number
check-formula-number-do = write a number such as 0.5; the names are { $known }
check-formula-unknown-name = formula "{ $source }", character { $at }: there is no `{ $name }`
check-formula-unknown-name-do = the names (with `_` for `-`) are { $known }
check-formula-unknown-function = formula "{ $source }", character { $at }: there is no function `{ $name }`
check-formula-unknown-function-do = the functions are { $functions }; the names are { $known }
check-formula-arguments = formula "{ $source }", character { $at }: `{ $function }` takes { $range } numbers, here are { $given }
check-formula-arguments-do = for example round(x, 2) or max(a, b); the names are { $known }
check-formula-syntax = formula "{ $source }", character { $at }: something is missing or out of place
check-formula-syntax-do = look at parentheses and signs; the names are { $known }
check-formula-not-a-number = formula "{ $source }" (from character { $at }) does not give a number
check-formula-not-a-number-do = comparisons stand in if … {"{"} … {"}"} else {"{"} … {"}"}; the names are { $known }

check-not-judged = no panel judges the aspect `{ $aspect }`
check-not-judged-do = write it into the `marks` of a [[stage.panel]]
check-judged-twice = the aspect `{ $aspect }` is judged by several panels: { $panels }
check-judged-twice-do = keep it in the `marks` of one
check-nothing-to-mark = the panel `{ $panel }` has nothing to mark
check-nothing-to-mark-do = write `marks = ["…"]`, or take the panel away
check-cannot-mark = `{ $aspect }` is of `{ $kind }` and cannot stand here
check-cannot-mark-do = name another aspect
check-too-few-remain = of { $judges } marks { $dropped } are dropped, and fewer than { $remain } remain
check-too-few-remain-do = have at least { $least } judges, or drop fewer
check-seat-weights = there are { $judges } judges and { $weights } weights
check-seat-weights-do = write one weight for each seat
check-seat-weights-sum = the weights of the seats add up to { $sum }, not 1
check-seat-weights-sum-do = change them so that they are exactly 1 together
check-agree-needs-two = agreeing takes two people, here are { $judges }
check-agree-needs-two-do = write `judges = 2`

check-tie-unreadable = the tie-break "{ $text }" cannot be read
check-tie-unreadable-do = write "stage", "stage/aspect", "stage/aspect.value lowest", "value:column", "attempts:stage", "countback", "play-off" or "lots"; last, "people-decide" or "shared"
check-tie-end-not-last = after `{ $end }` nothing is ever asked
check-tie-end-not-last-do = put `{ $end }` last
check-tie-direction = "{ $text }" does not say which end leads
check-tie-direction-do = add " lowest" or " highest", as in "practice/time.value lowest"
check-tie-never = after `{ $after }` there are no ties
check-tie-never-do = take this away, or move it to the front

check-needs-teams = this award goes to teams, and there is no [teams]
check-needs-teams-do = write [teams], or change `to`
check-nothing-to-award = nobody is left for “{ $award }”: “{ $before }” goes to everybody
check-nothing-to-award-do = put it first, or write `ladder = "none"`

check-tie-without-end = the tie-breaks do not say how they end
check-tie-without-end-do = end with "people-decide" or "shared"
check-band-gap = some recorded values fit no band and would give no score
check-band-gap-between = values between { $from } and { $to } fit no band and would give no score
check-band-gap-from = values from { $from } on fit no band and would give no score
check-band-gap-do = add a band, or end with {"{"} points = 0 {"}"}
check-band-never-reached = band { $row } is never reached: those before it take all its values
check-band-never-reached-do = change the order, or the bounds
check-station-panels = { $count } panels ({ $panels }) mark the same things: that is { $count } severities, unfair to those marked by the harsh ones
check-station-panels-do = let one panel mark one aspect of everybody, or write `standardise`
check-one-mark-decides = of { $judges } marks { $dropped } are dropped: one single mark decides
check-one-mark-decides-do = have more judges, or drop fewer
check-max-is-not-sum = `max` is { $max }, and the parts add up to { $sum }
check-max-is-not-sum-do = change `max` or the parts so that they agree
check-cut-above-entrants = the first { $top } go on, and only { $entrants } entrants are expected
check-cut-above-entrants-do = make `top` smaller, or look at `entrants` of [timetable]
check-more-awards-than-entrants = up to here there are { $awards } awards, and only { $entrants } entrants are expected
check-more-awards-than-entrants-do = give fewer, or look at `entrants` of [timetable]
check-boundary-open = ranks may be shared, and “{ $award }” does not say what happens when its last place is
check-boundary-open-do = write `boundary`, for example "all-in-grows"; or "people-decide" if that is meant
check-timetable-too-long = all entrants need { $needed } hours, and there are { $hours }
check-timetable-too-long-do = have more stations or hours, or another day

check-key-only-with = `{ $key }` has a meaning only with `{ $with }`
check-key-only-with-do = write `{ $with }`, or leave `{ $key }` out
check-bad-time = `{ $text }` is not a time of day
check-bad-time-do = write it as "22:00"
check-days-backwards = the last day { $to } is before the first day { $from }
check-days-backwards-do = exchange the two dates, or correct one of them
check-no-open-hours = no time of the day is left to challenge in
check-no-open-hours-do = shorten the hours in `forbidden`
check-throne-out-of-reach = places 2 to { $last } of the ladder have nobody to challenge, so that nobody can ever take the top
check-throne-out-of-reach-do = begin `by-place` with `from = 2` (it is { $from } now)
check-ladder-stage-among-others = the stage of a judged ladder is never over, and cannot be in one contest with stage “{ $stage }”, which makes a result
check-ladder-stage-among-others-do = put the judged ladder and its stage into a contest of their own
check-throne-for-ever = records never expire: nobody beats a holder with full points, and the ladder stands still
check-throne-for-ever-do = use `expires = "month"`, so that holders defend each month
check-throne-protected = a winner is protected for { $protected } days and a season has about { $season }: nobody can take the top within a season
check-throne-protected-do = shorten `winner-days`, or make the season longer
check-deadline-in-shutdown = the deadline `{ $key }` of { $days } days is shorter than the longest shutdown or holiday ({ $longest } days): of a challenge made the day before it stands still for longer than it runs
check-deadline-in-shutdown-do = give it more than { $longest } days, or divide the shutdown

check-bad-moment = "{ $text }" is not a date with a time
check-bad-moment-do = write it as "2026-06-01T08:00" or "2026-06-01"
check-window-backwards = it closes at { $closes }, which is not after it opens at { $opens }
check-window-backwards-do = exchange the two, or correct one of them
check-part-not-positive = `{ $key }` is { $value }, and has to be above 0
check-part-not-positive-do = write a number such as 2 or "0.5"
check-play-shorter-than-paper = the paper takes { $minutes } minutes and a challenge is played within { $hours } hours: it ends before the paper does
check-play-shorter-than-paper-do = give more time to play in `answer`, or fewer `minutes` to the paper

check-no-periods = there are indicators and no period to judge them in
check-no-periods-do = write a `[[period]]` for each
check-last-row-open = the last row, and only the last, stands without `up-to`
check-last-row-open-do = write `up-to` in the rows before, and take it away from the last
check-efficacy-between = `passing` and `excellent` do not go together
check-efficacy-between-do = write numbers for both; or, by the figures of the group, `passing = "worst"` and `excellent = "best"`
check-efficacy-more = more is better, but `excellent` { $excellent }, which gets 100 %, is not above `passing` { $passing }, which gets 60 %
check-efficacy-more-do = exchange the two, or write `direction = "less"`
check-efficacy-less = less is better, but `excellent` { $excellent }, which gets 100 %, is not below `passing` { $passing }, which gets 60 %
check-efficacy-less-do = exchange the two, or write `direction = "more"`
