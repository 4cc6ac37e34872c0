# 竞赛规程的检查:事实(check-…)与办法(check-…-do)

check-warning = 警告：
check-did-you-mean = 您是想写 `{ $nearest }` 吗？
check-none-known = 规程里还没有这样的内容，请先写上它

check-kind-text = 文字
check-kind-whole = 整数
check-kind-number = 数
check-kind-float = 小数
check-kind-yes-no = 是或否（`true`、`false`）
check-kind-date = 日期
check-kind-list = 列表（`[…]`）
check-kind-table = 表（`{"{"}…{"}"}`）

check-thing-event = 工种/赛项
check-thing-group = 组别
check-thing-stage = 阶段
check-thing-aspect = 评分项或试件
check-thing-panel = 评分组
check-thing-piece = 试件
check-thing-table = 附加排名表
check-thing-award = 奖项
check-thing-eligibility = 资格条件
check-thing-paper = 试卷
check-thing-period = 周期
check-thing-indicator = 指标
check-thing-collection = 征集
check-thing-entrant-value = 选手名单中的数值列
check-thing-recorded = 记录值
check-thing-factor = 系数来源

check-ascending = 从小到大
check-descending = 从大到小

check-number-empty = 引号里是空的
check-number-strange = 只能写数字、一个小数点和前面的正负号
check-number-long = 位数太多

check-too-large = 文件有 { $bytes } 字节，超过上限 { $most } 字节
check-too-large-do = 规程通常只有几千字节，请确认文件是否选对
check-syntax = 不是正确的 TOML：{ $message }
check-syntax-do = 请检查这里的引号、括号和等号
check-unknown-key = 这里没有 `{ $key }` 这个键
check-unknown-key-do = 可用的键：{ $known }
check-missing-key = 缺少 `{ $key }`
check-missing-key-do = 请写上 `{ $key } = …`
check-wrong-type = `{ $key }` 应是{ $wanted }，这里却是{ $found }
check-wrong-type-do = 请改写成{ $wanted }
check-float = { $text } 没有加引号；不加引号的小数会按二进制近似保存
check-float-do = 请加上引号："{ $text }"
check-not-a-number = "{ $text }" 不是数：{ $why }
check-not-a-number-do = 请写成 "12.5" 或 12 这样的数（最多15位整数、10位小数）
check-unknown-word = 不认识 "{ $word }"
check-unknown-word-do = 可选：{ $known }
check-out-of-range = `{ $key }` 是 { $value }，超出 { $from }–{ $to }
check-out-of-range-do = 请写 { $from } 到 { $to } 之间的数
check-out-of-range-do-one = 请写 { $from }
check-duplicate-key = `{ $key }` 写了两次
check-duplicate-key-do = 请删去一个
check-cut-in-last-round = 最后一轮 `{ $round }` 之后没有晋级
check-cut-in-last-round-do = 请删去这里的 `cut`；要限定获奖人数，请写在 [[award]] 里
check-empty-text = `{ $key }` 是空的
check-empty-text-do = 请写上内容，或删去这个键
check-long-text = `{ $key }` 有 { $chars } 个字，超过 { $most } 个
check-long-text-do = 请缩短
check-few-items = `{ $key }` 只有 { $items } 项，至少要 { $least } 项
check-few-items-do = 请补上，或删去这个键
check-many-items = `{ $key }` 有 { $items } 项，最多 { $most } 项
check-many-items-do = 请减少
check-bad-id = "{ $id }" 不能作标识
check-bad-id-do = 请用小写字母开头，只含小写字母、数字和单个连字符，最多60个，例如 "first-prize"

check-duplicate-id = 标识 `{ $id }` 在第 { $line } 行已用过
check-duplicate-id-do = 请换一个标识；分数、名单和奖项都靠它区分
check-reserved-id = `{ $id }` 另有含义，不能作标识
check-reserved-id-do = 请换一个词
check-unknown = 没有叫 `{ $id }` 的{ $thing }
check-unknown-do = 可选：{ $known }
check-listed-twice = `{ $id }` 写了两次
check-listed-twice-do = 请删去一个

check-key-not-here = `{ $key }` 不能与 `{ $with }` 同用
check-key-not-here-do = 请删去 `{ $key }`，或改 `{ $with }`
check-key-needed = 有 `{ $with }` 就需要 `{ $key }`
check-key-needed-do = 请写上 `{ $key } = …`
check-one-of = 缺少 { $keys } 之一
check-one-of-do = 请写上其中一个
check-only-one-of = { $keys } 只能有一个
check-only-one-of-do = 请留下一个，删去其余
check-min-above-max = 最小值 { $min } 不小于最大值 { $max }
check-min-above-max-do = 请让最小值小于最大值
check-negative-max = { $max } 太小，这里要大于 0
check-negative-max-do = 请写一个正数
check-rows-out-of-order = 各行没有{ $order }排列
check-rows-out-of-order-do = 请{ $order }排列，不要重复

check-bad-date = "{ $text }" 不是日期
check-bad-date-do = 请写成 "2026-06-30"
check-bad-timezone = 没有叫 "{ $text }" 的时区
check-bad-timezone-do = 请写 "Asia/Shanghai" 这样的名称
check-bad-path = "{ $text }" 不在竞赛文件夹之内
check-bad-path-do = 请写文件夹内的路径，例如 "templates/skills.typ"

check-step-does-not-divide = `step` 是 { $step }，不能整除 { $min } 到 `max` { $max } 的范围
check-step-does-not-divide-do = 请用 { $suggest }
check-step-does-not-divide-do-any = 请另选一个能整除 { $width } 的步长
check-step-not-positive = `step` 是 { $step }，应大于 0
check-step-not-positive-do = 请写 "0.5" 这样的正数
check-weights-sum = 各阶段的权重合计为 { $sum }，不是 1
check-weights-sum-do = 请调整，使每个赛项、组别的权重合计恰为 1
check-weights-sum-do-percent = 请写成小数：30% 写作 "0.3"
check-weight-negative = 权重 { $weight } 不合适
check-weight-negative-do = 请写一个正数
check-rescale-needs-max = 阶段 `{ $stage }` 要折算成百分制，却不知道满分
check-rescale-needs-max-do = 请写上 `max`，或写 `rescale = false`
check-levels-incomplete = 分档评判要有 0、1、2、3 四档各一条，缺少或重复：{ $missing }
check-levels-incomplete-do = 请为每一档各写一条说明
check-no-rule-for-values = 记录 { $values } 个值，却没有把它们合成得分的规则
check-no-rule-for-values-do = 请写 `bands`、`all-or-nothing` 或 `formula`
check-points-above-max = { $points } 分超过配分 { $max }
check-points-above-max-do = 请减少分数，或增加 `max`
check-condition-impossible = `{ $value }` 的条件不可能成立
check-condition-impossible-do = 请检查上限和下限是否写反
check-points-positive = 违规扣分是 { $points }，会变成加分
check-points-positive-do = 请写 { $negative }
check-no-pieces = 阶段 `{ $stage }` 没有试件
check-no-pieces-do = 请写上 [[stage.piece]]，或改为针对评分项或整个阶段
check-best-above-count = 取最好的 { $best } 次，却只有 { $count } 次机会
check-best-above-count-do = 请减少 `best`，或增加 `count`
check-stage-in-no-round = 阶段 `{ $stage }` 不在任何轮次中，不会计入成绩
check-stage-in-no-round-do = 请把它写进某个 [[round]] 的 `stages`
check-stage-in-rounds = 阶段 `{ $stage }` 在 { $rounds } 个轮次中
check-stage-in-rounds-do = 请只留在一个轮次；`carry` 决定成绩是否带入下一轮

check-formula-circle = 公式互相引用成了圈：{ $names }
check-formula-circle-do = 请改其中一个公式
check-formula-name-twice = 公式里的 `{ $name }` 有两种含义
check-formula-name-twice-do = 请给其中一个换个标识
check-formula-empty = 公式 "{ $source }" 第 { $at } 个字处：什么也没有
check-formula-empty-do = 请写上公式；可用的名称：{ $known }
check-formula-too-long = 公式 "{ $source }" 太长（第 { $at } 个字之后），最多 { $most } 个字
check-formula-too-long-do = 请拆成几个评分项；可用的名称：{ $known }
check-formula-character = 公式 "{ $source }" 第 { $at } 个字：不能用 { $character }
check-formula-character-do = 可用 `+ - * / ( ) , < > == != && || !` 和 `if … {"{"} … {"}"} else {"{"} … {"}"}`；可用的名称：{ $known }
check-formula-number = 公式 "{ $source }" 第 { $at } 个字：{ $number } 不是数
check-formula-number-do = 请写 0.5 这样的数；可用的名称：{ $known }
check-formula-unknown-name = 公式 "{ $source }" 第 { $at } 个字：没有 `{ $name }`
check-formula-unknown-name-do = 可用的名称（连字符写作下划线）：{ $known }
check-formula-unknown-function = 公式 "{ $source }" 第 { $at } 个字：没有函数 `{ $name }`
check-formula-unknown-function-do = 可用的函数：{ $functions }；可用的名称：{ $known }
check-formula-arguments = 公式 "{ $source }" 第 { $at } 个字：`{ $function }` 需要 { $range } 个数，这里有 { $given } 个
check-formula-arguments-do = 例如 `round(x, 2)`、`max(a, b)`；可用的名称：{ $known }
check-formula-syntax = 公式 "{ $source }" 第 { $at } 个字处：缺少什么，或多了什么
check-formula-syntax-do = 请检查括号和运算符；可用的名称：{ $known }
check-formula-not-a-number = 公式 "{ $source }"（从第 { $at } 个字起）算出的不是数
check-formula-not-a-number-do = 比较要写在 `if … {"{"} … {"}"} else {"{"} … {"}"}` 里；可用的名称：{ $known }

check-not-judged = 评分项 `{ $aspect }` 没有评分组评判
check-not-judged-do = 请把它写进某个 [[stage.panel]] 的 `marks`
check-judged-twice = 评分项 `{ $aspect }` 由几个评分组评判：{ $panels }
check-judged-twice-do = 请只留在一个评分组的 `marks` 里
check-nothing-to-mark = 评分组 `{ $panel }` 没有可评的项目
check-nothing-to-mark-do = 请写上 `marks = ["…"]`，或删去这个评分组
check-cannot-mark = `{ $aspect }` 是 `{ $kind }`，这里用不上
check-cannot-mark-do = 请改用另一个评分项
check-too-few-remain = { $judges } 个分数去掉 { $dropped } 个，剩下的不足 { $remain } 个
check-too-few-remain-do = 至少要有 { $least } 名裁判，或者少去几个
check-seat-weights = 有 { $judges } 名裁判，却有 { $weights } 个权重
check-seat-weights-do = 请给每个席位写一个权重
check-seat-weights-sum = 席位权重合计为 { $sum }，不是 1
check-seat-weights-sum-do = 请调整，使合计恰为 1
check-agree-needs-two = 核对录入要两个人，这里有 { $judges } 人
check-agree-needs-two-do = 请写 `judges = 2`

check-tie-unreadable = 看不懂同分规则 "{ $text }"
check-tie-unreadable-do = 请写 "阶段"、"阶段/评分项"、"阶段/评分项.记录值 lowest"、"value:列名"、"attempts:阶段"、"countback"、"play-off"、"lots"；最后写 "people-decide" 或 "shared"
check-tie-end-not-last = `{ $end }` 之后还有规则，永远用不上
check-tie-end-not-last-do = 请把 `{ $end }` 放到最后
check-tie-direction = "{ $text }" 没有说大的在前还是小的在前
check-tie-direction-do = 请在后面写上 " lowest" 或 " highest"，例如 "practice/time.value lowest"
check-tie-never = 在 `{ $after }` 之后不会再有同分
check-tie-never-do = 请删去它，或移到前面

check-needs-teams = 这个奖项发给团体，但没有 [teams]
check-needs-teams-do = 请写上 [teams]，或改 `to`
check-nothing-to-award = “{ $award }”没有人可得：“{ $before }”已给了所有人
check-nothing-to-award-do = 请把它放到前面，或写 `ladder = "none"`

check-tie-without-end = 同分规则没有说最后怎么办
check-tie-without-end-do = 请在最后写上 "people-decide"（由人决定）或 "shared"（并列）
check-band-gap = 有的记录值不在任何一档，就没有得分
check-band-gap-between = { $from } 与 { $to } 之间的值不在任何一档，就没有得分
check-band-gap-from = { $from } 及以上的值不在任何一档，就没有得分
check-band-gap-do = 请补上一档，或在最后写 {"{"} points = 0 {"}"}
check-band-never-reached = 第 { $row } 档永远用不上，前面的档已包括它
check-band-never-reached-do = 请调整次序或上下限
check-station-panels = { $count } 个评分组（{ $panels }）评的是同样的项目：宽严不一，分在不同组的选手不公平
check-station-panels-do = 请让一个评分组评所有人的同一项，或写上 `standardise`
check-one-mark-decides = { $judges } 名裁判去掉 { $dropped } 个分数，只由剩下的一个分数决定
check-one-mark-decides-do = 请增加裁判，或少去几个
check-max-is-not-sum = 满分写的是 { $max }，各项配分合计却是 { $sum }
check-max-is-not-sum-do = 请改 `max` 或配分，使两者一致
check-cut-above-entrants = 取前 { $top } 名晋级，预计却只有 { $entrants } 人
check-cut-above-entrants-do = 请减少 `top`，或核对 [timetable] 的 `entrants`
check-more-awards-than-entrants = 到这里共有 { $awards } 个奖，预计却只有 { $entrants } 人
check-more-awards-than-entrants-do = 请减少奖项，或核对 [timetable] 的 `entrants`
check-boundary-open = 允许并列名次，但“{ $award }”没有说最后一名并列时怎么办
check-boundary-open-do = 请写上 `boundary`，例如 "all-in-grows"；要由人决定就写 "people-decide"
check-timetable-too-long = 全部选手需要 { $needed } 小时，只安排了 { $hours } 小时
check-timetable-too-long-do = 请增加工位或时间，或分批次到另一天

check-key-only-with = `{ $key }` 只有和 `{ $with }` 一起才有意义
check-key-only-with-do = 写上 `{ $with }`，或删去 `{ $key }`
check-bad-time = `{ $text }` 不是一天中的时刻
check-bad-time-do = 按“22:00”的写法写
check-days-backwards = 最后一天 { $to } 在第一天 { $from } 之前
check-days-backwards-do = 对调两个日期，或改正其中一个
check-no-open-hours = 一天中没有可以攻擂的时间
check-no-open-hours-do = 缩短 `forbidden` 中的时段
check-throne-out-of-reach = 擂台第 2 至 { $last } 名没有可以挑战的对象，擂主永远无人能攻
check-throne-out-of-reach-do = 让 `by-place` 从 `from = 2` 开始（现在是 { $from }）
check-ladder-stage-among-others = 擂台的评分阶段随时会有新的挑战，不能与算总成绩的阶段“{ $stage }”同在一个竞赛
check-ladder-stage-among-others-do = 把由评委评判的擂台和它的评分阶段放到单独的竞赛里
check-throne-for-ever = 纪录永不过期：得了满分的擂主无人能胜，擂台从此不动
check-throne-for-ever-do = 用 `expires = "month"`，让擂主每月守擂
check-throne-protected = 擂主获胜后受保护 { $protected } 天，而一个赛季只有大约 { $season } 天：一季之中无人能攻擂
check-throne-protected-do = 缩短 `winner-days`，或加长赛季
check-deadline-in-shutdown = `{ $key }` 的期限为 { $days } 天，比最长的停工或假期（{ $longest } 天）还短：放假前一天的挑战，停的时间比走的时间长
check-deadline-in-shutdown-do = 把期限放长到 { $longest } 天以上，或把停工日期分开写

check-bad-moment = "{ $text }" 不是日期和时刻
check-bad-moment-do = 请写成 "2026-06-01T08:00" 或 "2026-06-01"
check-window-backwards = 关闭时间 { $closes } 不在开放时间 { $opens } 之后
check-window-backwards-do = 请对调两个时间，或改正其中一个
check-part-not-positive = `{ $key }` 是 { $value }，应大于 0
check-part-not-positive-do = 请写 2 或 "0.5" 这样的正数
check-play-shorter-than-paper = 试卷要 { $minutes } 分钟，攻擂却只给 { $hours } 小时：到期时卷子还没答完
check-play-shorter-than-paper-do = 请放长 `answer` 的出赛时间，或缩短试卷的 `minutes`

check-no-periods = 有指标却没有周期
check-no-periods-do = 请为每个考核周期写一个 `[[period]]`
check-last-row-open = `up-to` 只能在最后一行省略，而且最后一行必须省略
check-last-row-open-do = 请给前面各行写上 `up-to`，删去最后一行的
check-efficacy-between = `passing` 和 `excellent` 不是成对的写法
check-efficacy-between-do = 请都写数；按组内数据的，写 `passing = "worst"` 和 `excellent = "best"`
check-efficacy-more = 数值越大越好，而得 100% 的 `excellent` { $excellent } 不大于得 60% 的 `passing` { $passing }
check-efficacy-more-do = 请对调两个数，或写 `direction = "less"`
check-efficacy-less = 数值越小越好，而得 100% 的 `excellent` { $excellent } 不小于得 60% 的 `passing` { $passing }
check-efficacy-less-do = 请对调两个数，或写 `direction = "more"`
