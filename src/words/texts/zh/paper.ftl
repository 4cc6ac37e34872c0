# 答题

paper-not-running = 竞赛{ $phase }，现在不能答题
paper-before = 还没有到答题时间，{ $opens } 开始
paper-after = 答题时间已过，{ $closed } 已截止
paper-not-for-you = 本次答题不对您所在的组别或单位开放
paper-sitting = 您有一份试卷正在作答，请先完成它
paper-used = { $most } 次答题机会已用完
paper-today = 今天的 { $most } 次答题机会已用完，{ $next } 起可以再答
paper-wait = 两次答题之间需要间隔，{ $until } 起可以再答
paper-no-practice = 本试卷不提供练习
paper-handed-in = 交卷
paper-time-up = 时间到，自动交卷
paper-item-void = 作废
paper-item-rekeyed = 更正答案

paper-unfit-kind = 作答与题型不符，没有保存。请刷新页面后重新作答。
paper-unfit-place = 没有第 { $at } 个选项，没有保存。请刷新页面后重新作答。
paper-unfit-twice = 第 { $at } 个选项排了两次，没有保存。请重新排序。
paper-unfit-many = 最多 { $most } 处，没有保存。请先去掉一处。
paper-unfit-long = 最多 { $most } 个字，没有保存。请写短一些。
paper-unfit-misplaced = 第 { $at } 处不在题目范围内，或与另一处重叠，没有保存。请重新标记。

refusal-paper-unknown = 规程里没有试卷“{ $id }”。请核对规程。
refusal-paper-unknown-bank = 规程里的试卷都不使用题库“{ $id }”，或它还没有导入。请核对题库编号。
refusal-paper-unknown-item = 题库里没有试题“{ $id }”。请核对编号。
refusal-paper-no-bank = 题库“{ $id }”还没有启用，暂时不能答题。请联系组织者。
refusal-paper-lacking = 组卷规则第 { $part } 行需要 { $wants } 题，题库里只有 { $has } 题符合。请补充试题，或修改组卷规则。
refusal-paper-no-entrant = 只有登记在册的参赛职工可以答题。请用工号登录，或联系组织者。
refusal-paper-closed = { $why }。
refusal-paper-not-yours = 这不是您的试卷。请从“我的”页面进入。
refusal-paper-over = 这份试卷已经交了，成绩不变。
refusal-paper-still-running = 这份试卷还在作答时间内，不能代为交卷。
refusal-paper-keys-changed = 评分时答案有更正，系统会按新答案重新评分。请再试一次。
refusal-paper-bank-empty = 题库是空的，没有启用。请先导入试题。
refusal-paper-item-twice = 试题编号“{ $id }”重复，题库没有启用。请改正编号。
refusal-paper-window-backwards = 开始时间应早于结束时间。请改正后再提交。
refusal-paper-nobody-valid = 还没有有效答卷，不能抽奖。
refusal-paper-restatement = 有 { $missing } 份答卷在预览之后发生变化，没有更正。请重新预览。

trail-kind-bank-adopted = 启用题库
trail-kind-paper-drawn = 发卷
trail-kind-paper-finished = 交卷
trail-kind-item-restated = 更正试题
trail-kind-headcounts-frozen = 核定人数
trail-kind-prizes-drawn = 抽奖
trail-kind-window-granted = 个人答题时间
trail-bank-adopted = 题库 { $bank }：{ $count } 题
trail-paper-drawn = { $entrant } 领取《{ $of }》，第 { $attempt } 次，{ $count } 题
trail-paper-finished = 试卷 { $paper } { $how }：{ $points } 分，答对 { $right } 题
trail-item-restated = 试题 { $item } { $what }，重新评定 { $count } 份答卷
trail-headcounts-frozen = 核定 { $count } 个单位的人数
trail-prizes-drawn = 《{ $of }》抽奖：{ $count } 人
trail-window-granted = { $entrant } 的《{ $of }》答题时间：{ $from } 至 { $until }
