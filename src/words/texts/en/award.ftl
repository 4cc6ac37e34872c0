# What an organizer should know about the awards before the ceremony.
award-at = { $award } ({ $place })
award-and = , { "" }
award-place-and = { "" } · { "" }
award-quota-unreachable = { $award }: { $quota } are to be given, but only { $found } qualify.
award-quota-nothing = { $award }: the percentage comes to no prize at all.
award-tied-all-shrinks = { $award }: { $who } are tied for { $places } left; by the rules all get it, and the next tier shrinks.
award-tied-all-grows = { $award }: { $who } are tied for { $places } left; by the rules all get it, and this tier grows.
award-tied-none = { $award }: { $who } are tied for { $places } left; by the rules none of them gets it.
award-tied-people = { $award }: { $who } are tied for { $places } left. Decide, and record it.
award-ranking-open = { $award }: the ranking of { $who } is not decided yet, with { $places } left. Decide the ranking first.
award-no-rule = { $award }: { $who } have the same total in different tables, which no rule compares, with { $places } left. Please check.
award-shrunk = { $award }: a tie above reduces it from { $from } to { $to }.
award-over-quota = { $award }: { $quota } are to be given, people decided on { $given }. Please check.
award-line-empties = { $award }: nobody reaches { $line }, so it stays empty.
award-unit-full = { $award }: { $who } is passed over, because the unit has as many as it may.
award-nomination-missing = { $award }: nobody is nominated yet.
award-holds-prize = { $award }: { $who } holds a better prize of the same kind, so this one is not given.
award-decision-unused = { $award }: the decision about { $who }, neither tied for a place nor nominated, changes nothing. Please check.
award-several = { $who } gets { $awards }.
award-no-table = { $award }: there is no ranking to give it from (no teams or units).

# What awaits people.
award-open-boundary = { $who } are tied: decide on { $places }
award-open-ranking = the ranking of { $who } is open: { $places } of them get it
award-open-above = when the prize above is decided, { $places } of { $who } get it
award-open-unit = { $who } are tied within one unit: decide on { $places }
award-open-revoked = { $places } free after a revocation: decide who moves up (next: { $who }), or leave it empty
