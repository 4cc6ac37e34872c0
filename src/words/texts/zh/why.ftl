# 为什么是这个成绩
why-rank = { $table }：第 { $rank } 名（共 { $of } 名）
why-unranked = { $table }：未排名（{ $status }）
why-tie-chain = 与 { $others } 同分，按“{ $key }”排定
why-tie-people = 与 { $others } 同分，经裁定
why-tie-open = 与 { $others } 同分，待裁定
why-cut = { $round }后没有晋级：名次按该轮的总分 { $total } 排
why-tie-shared = 与 { $others } 并列
why-tie-attempts = { $stage }的次好成绩
why-tie-countback = 逐项比较最好成绩
why-tie-play-off = 加赛
why-tie-lots = 抽签
why-total = 总分 { $value }
why-part = { $part }：{ $value }
why-part-of-piece = { $piece } · { $part }：{ $value }
why-attempt = 第 { $number } 次：{ $value }
why-contribution = { $stage } { $score } × { $weight } = { $points }
why-recorded = 记录 { $number }
why-recorded-value = { $value }：{ $number }
why-unrecorded = { $value }：还没有结果
why-a-judge = 裁判
why-mark-counted = { $judge }：{ $mark }
why-mark-dropped-high = { $judge }：{ $mark }（最高分，去掉）
why-mark-dropped-low = { $judge }：{ $mark }（最低分，去掉）
why-mark-is-not = { $judge }：{ $what }
why-stands-in = 缺席裁判以平均分 { $mark } 代替
why-spread-warn = 分差 { $measured }，超过 { $limit }
why-spread-re-mark = 分差 { $measured }，超过 { $limit }，应重新评分
why-spread-mean = 分差 { $measured }，超过 { $limit }，改取全部评分的平均
why-spread-chief = 分差 { $measured }，超过 { $limit }，由裁判长裁定
why-mean-of-all = 全部评分的平均：{ $number }
why-resolved = 裁判长裁定：{ $number }
why-rounded = { $before } → { $after }（{ $mode }，{ $digits } 位小数）
why-mode-half-up = 四舍五入
why-mode-half-even = 四舍六入五成双
why-mode-truncate = 截尾
why-mode-up = 进位
why-mode-down = 向下取
why-band = 符合第 { $row } 档：{ $points } 分
why-line = { $value } 折合 { $points } 分
why-all-or-nothing = 全得或全失：{ $points } 分
why-over-time = 用时 { $value } 秒，超过 { $limit } 秒，不得分
why-by-rank = 排第 { $position }，得 { $points } 分
why-scaled = { $before } ÷ { $from } × { $to } = { $after }
why-formula = { $source } = { $result }（{ $values }）
why-factor = { $before } × { $by } = { $after }
why-violation = { $violation } { $count } 次：{ $taken } 分
why-violation-most = { $violation } { $count } 次，计 { $counted } 次：{ $taken } 分
why-violation-zero = { $violation }：记零分
why-capped = { $before } 超过上限，取 { $after }
why-floored = { $before } 低于下限，取 { $after }
why-scaled-up = 缺项折算：{ $before } ÷ { $possible } × { $of } = { $after }
why-rescaled = 折成百分：{ $before } ÷ { $max } × 100 = { $after }
why-absent-is-zero = 缺考计 0 分
why-standardised = 评分组之间的标准化：{ $before } → { $after }
why-missing = 评分未齐
why-not-applicable = 不适用
why-division-by-zero = 公式除以零
why-too-much-work = 公式过于复杂
why-formula-broken = 公式有误
why-overflow = 数字过大
why-too-many-marks = 评分多于裁判人数
why-disagree = 两次录入不一致
why-weightless = 权重之和为零
why-no-band = 没有适用的档次
why-no-maximum = 缺少满分值
why-circular = 评分项互相引用
