# What an organizer should know about the awards before the ceremony.
award-at = { $award }（{ $place }）
award-and = 、
award-place-and = ·
award-quota-unreachable = { $award }：设 { $quota } 名，只有 { $found } 人符合条件。
award-quota-nothing = { $award }：按比例计算，名额为 0。
award-tied-all-shrinks = { $award }：{ $who } 并列，余 { $places } 个名额；按规程全部获奖，下一奖项名额相应减少。
award-tied-all-grows = { $award }：{ $who } 并列，余 { $places } 个名额；按规程全部获奖，名额相应增加。
award-tied-none = { $award }：{ $who } 并列，余 { $places } 个名额；按规程都不获此奖。
award-tied-people = { $award }：{ $who } 并列，余 { $places } 个名额。请作出决定并记录。
award-ranking-open = { $award }：{ $who } 的名次尚未决定，余 { $places } 个名额。请先决定名次。
award-no-rule = { $award }：{ $who } 总分相同，不在同一张排名表中，规程没有比较的办法，余 { $places } 个名额。请核对。
award-shrunk = { $award }：因上一奖项并列，名额由 { $from } 减为 { $to }。
award-over-quota = { $award }：设 { $quota } 名，决定授予 { $given } 人。请核对。
award-line-empties = { $award }：没有人达到 { $line } 分，奖项空缺。
award-unit-full = { $award }：{ $who } 因本单位获奖人数已满，未获此奖。
award-nomination-missing = { $award }：尚未提名。
award-holds-prize = { $award }：{ $who } 已获同类更高奖项，不再重复授予。
award-decision-unused = { $award }：关于 { $who } 的决定没有起作用：其既不在并列者中，也不是提名。请核对。
award-several = { $who } 同时获得：{ $awards }。
award-no-table = { $award }：没有可用于评奖的排名表（无代表队或单位成绩）。

# What awaits people.
award-open-boundary = { $who } 并列，请从中决定 { $places } 名
award-open-ranking = { $who } 的名次待定，其中 { $places } 名获奖
award-open-above = 待上一奖项决定后，{ $who } 中有 { $places } 名获此奖
award-open-unit = { $who } 同单位并列，请从中决定 { $places } 名
award-open-revoked = 有 { $places } 个名额因取消而空出，请决定递补（候选：{ $who }）或空缺
