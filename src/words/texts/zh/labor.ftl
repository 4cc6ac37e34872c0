# 劳动竞赛：公布的各周期排名、荣誉、各单位的走势
labor-title = 各期排名与荣誉
labor-see = 各期排名与荣誉
labor-frozen = 榜单已于 { $since } 封榜，之后公布的结果暂不显示。
labor-nothing-title = 还没有公布的周期
labor-nothing = 一个周期的数据审定并公布后，排名和荣誉显示在这里。
labor-place-missing = 缺数据
labor-place-nothing = 无适用指标
labor-published = { $at } 公布
labor-published-again = 更正后于 { $at } 重新公布
labor-honours = 荣誉
labor-vacant = 本期空缺
labor-running = 连续 { $count } 期
labor-ranks = 名次变化
labor-unit = 单位
labor-rank = 名次
labor-score = 得分
labor-indicator = 指标
labor-period = 周期
labor-days = 起止
labor-when = 公布
labor-periods = 各周期
labor-way = 各期指标得分
labor-changes = 单位变更
labor-change = 自 { $day } 起，{ $change }
labor-own = 本单位各期得分和数据
labor-way-leads = 点开任一得分，可看数据、目标、算法和审核经过。
labor-figure = 数据
labor-target = 目标
labor-by-rules = 规程规定
labor-formula = 算法
labor-papers = 依据
labor-hands = 经手
labor-liaison = 单位联络员
labor-office = 竞赛办
labor-provisional = 暂定：组内还有单位缺数据
labor-rules-changed = 公布之后计分规程有改动，得分以公布的为准，这里不再列出算法。
labor-staff-figure = 查看经办人和佐证文件（工作人员）
worked-completion-more = 完成率 = { $actual } ÷ { $target } = { $percent }%
worked-completion-difference = 完成率 = 2 − { $actual } ÷ { $target } = { $percent }%
worked-completion-quotient = 完成率 = { $target } ÷ { $actual } = { $percent }%
worked-completion-below = 目标 { $target }，实际 { $actual }：按规程完成率为 { $percent }%
worked-no-completion = 目标 { $target }，实际 { $actual }：没有完成率，按规程对目标为 0 的规定计分
worked-cap = 超过上限，按 { $percent }% 计
worked-least = 低于下限，按 { $percent }% 计
worked-share = 得分 = { $worth } × { $percent }% = { $points }
worked-band = { $value } 在“{ $from } 起”一档：{ $points } 分
worked-band-below = { $value } 低于第一档：0 分
worked-equal = 组内数据都是 { $actual }，按 { $percent }% 计
worked-extremes = 组内最差 { $passing }，最好 { $excellent }
worked-efficacy = 60 + 40 ×（{ $actual } − { $passing }）÷（{ $excellent } − { $passing }）= { $percent }%
worked-slope-over = 超目标 { $away }%，每超 1% 加 { $each } 分
worked-slope-bonus = 得分 = { $worth } + { $counted } × { $each } = { $points }
worked-slope-most = 加分最多 { $most } 分：得分 = { $worth } + { $most } = { $points }
worked-slope-whole = 只计整数百分点：{ $away }% 按 { $counted }% 计
worked-slope-share = 低于目标，按完成率计：得分 = { $worth } × { $percent }% = { $points }
worked-slope-short = 低于目标 { $away }%，每低 1% 减 { $each } 分：得分 = { $worth } − { $counted } × { $each } = { $points }
worked-points = 分值 { $worth }，得分 { $points }
worked-inside = { $actual } 在 { $low } 至 { $high } 之间
worked-outside = { $actual } 偏出 { $low } 至 { $high } 的范围 { $outside }，每 { $each } 扣 { $loses } 分
worked-met = { $actual } 达到目标 { $target }：{ $points } 分
worked-not-met = { $actual } 没有达到目标 { $target }：{ $points } 分
worked-sheet = 得分 = { $worth } × { $actual } ÷ { $full } = { $points }
worked-events = 从 { $start } 分起
worked-event = { $kind }：{ $count } 次 × { $each } = { $gives }
worked-at-least = 最低 { $points } 分
worked-at-most = 最高 { $points } 分
worked-gives = 得分 { $points }
worked-vetoed = 一票否决，计 { $points } 分
labor-covers = 榜上为这些周期的累计：{ $periods }。
labor-total = 累计得分
labor-how = 怎样累计
labor-total-all = 合计
labor-total-missing = 有一期缺数据，累计不排名。
accumulated-sum = 各期相加
accumulated-mean = 各期平均
accumulated-last = 取最后一期
accumulated-ratio = 各期实际合计与目标合计相比，计一次分
accumulated-rounded = { $sum }，取 { $score }
accumulated-vetoed = { $sum }；一票否决，计 { $score } 分
accumulated-scaled = { $sum }；有不适用的指标，按适用的分值折算为 { $score }
