# Labor competitions: published periods, honours, the way of each unit
labor-title = Periods and honours
labor-see = Periods and honours
labor-frozen = The board was frozen on { $since }; what is published later is not shown yet.
labor-nothing-title = No period is published yet
labor-nothing = Once the figures of a period are approved and published, ranks and honours stand here.
labor-place-missing = Figures missing
labor-place-nothing = Nothing applies
labor-published = Published { $at }.
labor-published-again = Published again { $at }, after a correction.
labor-honours = Honours
labor-vacant = Vacant this time
labor-running = { $count } in a row
labor-ranks = How ranks moved
labor-unit = Unit
labor-rank = Rank
labor-score = Score
labor-indicator = Indicator
labor-period = Period
labor-days = Days
labor-when = Published
labor-periods = All periods
labor-way = Points by indicator and period
labor-changes = Changes of the unit
labor-change = From { $day } on: { $change }
labor-own = Scores and figures of my unit
labor-way-leads = Each score leads to its figure, target and formula, and to how it was checked.
labor-figure = Figure
labor-target = Target
labor-by-rules = by the rules
labor-formula = Worked out
labor-papers = Papers
labor-hands = Hands
labor-liaison = Liaison of the unit
labor-office = Contest office
labor-provisional = Provisional: figures of the group are missing
labor-rules-changed = The rules have changed since; the score is as it was published, and is not worked out here.
labor-staff-figure = Names and files of evidence (staff)
worked-completion-more = Completion = { $actual } ÷ { $target } = { $percent } %
worked-completion-difference = Completion = 2 − { $actual } ÷ { $target } = { $percent } %
worked-completion-quotient = Completion = { $target } ÷ { $actual } = { $percent } %
worked-completion-below = Target { $target }, actual { $actual }: by the rules a completion of { $percent } %
worked-no-completion = Target { $target }, actual { $actual }: there is no completion; scored as the rules say of a target of 0
worked-cap = Above the most: counted as { $percent } %
worked-least = Below the least: counted as { $percent } %
worked-share = Score = { $worth } × { $percent } % = { $points }
worked-band = { $value } is in the band from { $from }: { $points } points
worked-band-below = { $value } is below the first band: 0 points
worked-equal = All figures of the group are { $actual }: counted as { $percent } %
worked-extremes = Worst of the group { $passing }, best { $excellent }
worked-efficacy = 60 + 40 × ({ $actual } − { $passing }) ÷ ({ $excellent } − { $passing }) = { $percent } %
worked-slope-over = { $away } % above the target: { $each } points more for each percent
worked-slope-bonus = Score = { $worth } + { $counted } × { $each } = { $points }
worked-slope-most = At most { $most } points more: score = { $worth } + { $most } = { $points }
worked-slope-whole = Only whole percents count: { $away } % as { $counted } %
worked-slope-share = Below the target, by completion: score = { $worth } × { $percent } % = { $points }
worked-slope-short = { $away } % below the target, { $each } points less for each percent: score = { $worth } − { $counted } × { $each } = { $points }
worked-points = Of { $worth } points: { $points }
worked-inside = { $actual } is between { $low } and { $high }
worked-outside = { $actual } is { $outside } outside of { $low } to { $high }; { $loses } points lost for each { $each }
worked-met = { $actual } meets the target { $target }: { $points } points
worked-not-met = { $actual } misses the target { $target }: { $points } points
worked-sheet = Score = { $worth } × { $actual } ÷ { $full } = { $points }
worked-events = From { $start } points
worked-event = { $kind }: { $count } × { $each } = { $gives }
worked-at-least = At least { $points } points
worked-at-most = At most { $points } points
worked-gives = Score { $points }
worked-vetoed = Vetoed: counts { $points } points
labor-covers = The board adds up these periods: { $periods }.
labor-total = Over the periods
labor-how = How
labor-total-all = Total
labor-total-missing = A figure of some period is missing: not ranked over the periods.
accumulated-sum = Sum of the periods
accumulated-mean = Mean of the periods
accumulated-last = The last period
accumulated-ratio = All actuals against all targets, scored once
accumulated-rounded = { $sum }, rounded to { $score }
accumulated-vetoed = { $sum }; vetoed: counts { $score } points
accumulated-scaled = { $sum }; some indicators do not apply: by the worth of the others { $score }
