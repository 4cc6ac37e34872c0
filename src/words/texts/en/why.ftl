# Why a score is what it is
why-rank = { $table }: rank { $rank } of { $of }
why-unranked = { $table }: not ranked ({ $status })
why-tie-chain = tied with { $others }; decided by { $key }
why-tie-people = tied with { $others }; decided by people
why-tie-open = tied with { $others }; not decided yet
why-cut = Did not go on after { $round }: ranked by the total of that round, { $total }
why-tie-shared = shared with { $others }
why-tie-attempts = the next best attempt, { $stage }
why-tie-countback = the best scores, one by one
why-tie-play-off = a play-off
why-tie-lots = lots
why-total = Total { $value }
why-part = { $part }: { $value }
why-part-of-piece = { $piece } · { $part }: { $value }
why-attempt = Attempt { $number }: { $value }
why-contribution = { $stage } { $score } × { $weight } = { $points }
why-recorded = recorded { $number }
why-recorded-value = { $value }: { $number }
why-unrecorded = { $value }: no result yet
why-a-judge = a judge
why-mark-counted = { $judge }: { $mark }
why-mark-dropped-high = { $judge }: { $mark } (highest, dropped)
why-mark-dropped-low = { $judge }: { $mark } (lowest, dropped)
why-mark-is-not = { $judge }: { $what }
why-stands-in = the mean { $mark } stands in for a missing judge
why-spread-warn = { $measured } apart, more than { $limit }
why-spread-re-mark = { $measured } apart, more than { $limit }: to be marked again
why-spread-mean = { $measured } apart, more than { $limit }: the mean of all marks instead
why-spread-chief = { $measured } apart, more than { $limit }: the chief judge decides
why-mean-of-all = mean of all marks: { $number }
why-resolved = decided by the chief judge: { $number }
why-rounded = { $before } → { $after } ({ $mode }, { $digits } digits)
why-mode-half-up = half up
why-mode-half-even = half to even
why-mode-truncate = cut off
why-mode-up = up
why-mode-down = down
why-band = row { $row } fits: { $points }
why-line = { $value } makes { $points }
why-all-or-nothing = all or nothing: { $points }
why-over-time = { $value } s is over the limit of { $limit } s: no points
why-by-rank = position { $position } makes { $points }
why-scaled = { $before } ÷ { $from } × { $to } = { $after }
why-formula = { $source } = { $result } ({ $values })
why-factor = { $before } × { $by } = { $after }
why-violation = { $violation }, { $count } times: { $taken }
why-violation-most = { $violation }, { $count } times, { $counted } count: { $taken }
why-violation-zero = { $violation }: zero
why-capped = { $before } is above the most: { $after }
why-floored = { $before } is below the least: { $after }
why-scaled-up = what is not applicable is left out: { $before } ÷ { $possible } × { $of } = { $after }
why-rescaled = to 100: { $before } ÷ { $max } × 100 = { $after }
why-absent-is-zero = an absence counts 0
why-standardised = panels evened out: { $before } → { $after }
why-missing = marks missing
why-not-applicable = not applicable
why-division-by-zero = the formula divides by zero
why-too-much-work = the formula takes too long
why-formula-broken = the formula is broken
why-overflow = a number is too large
why-too-many-marks = more marks than judges
why-disagree = the two entries disagree
why-weightless = the weights add up to nothing
why-no-band = no row fits
why-no-maximum = there is no maximum
why-circular = aspects name one another in a circle
