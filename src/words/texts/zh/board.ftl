# 榜单、大屏、首页
board-rank = 名次
board-entrant = 选手
board-team = 代表队
board-unit = 单位
board-total = 总分
board-rows = 显示前 { $count } 名，共 { $all } 名
board-number = { $number } 号
board-unknown = 未编号
board-tables = 榜单分类
board-all = 全部选手
board-teams = 团体
board-caption = { $title } 成绩排名

board-not-final = 成绩未最终确定
board-phase-draft = 筹备中
board-phase-running = 进行中
board-phase-sealed = 成绩已封存
board-phase-announced = 已公布
board-phase-notice = 公示中
board-phase-final = 最终成绩
board-notice-until = 公示至 { $date }
board-frozen = 已封榜
board-frozen-since = 封榜：榜单停在 { $time }。评分仍在进行，结果将在揭晓时公布。
board-live = 实时
board-connecting = 正在连接…
board-polling = 每隔几秒更新
board-offline = 连接中断，正在重试。显示的是最后收到的榜单。

board-status-ranked = 已排名
board-status-cut = 未晋级
board-status-incomplete = 评分中
board-status-failed = 待核算
board-status-absent = 缺考
board-status-withdrawn = 退赛
board-status-disqualified = 取消资格
board-tie-open = 并列待定
board-tie-shared = 并列
board-outside-quota = 不占名额

board-find = 找到自己
board-find-hint = 输入抽签号，或完整姓名
board-find-button = 查找
board-find-none = 榜上没有“{ $sought }”。请核对抽签号或完整姓名；评分完成后才会出现总分。
board-own = 我的名次
board-own-clear = 取消固定
board-why = 为什么是这个分数
board-rises = { $name } 升至第 { $rank } 名
board-falls = { $name } 现列第 { $rank } 名
board-enters = { $name } 进入榜单，第 { $rank } 名

board-hidden-title = 成绩还没有公开
board-hidden = 按本竞赛规程，成绩将在适当时候公开。这个页面会自动更新，无需刷新。
board-empty-title = 还没有成绩
board-empty = 评分开始后，成绩会出现在这里并自动更新。
board-screen = 大屏显示
board-on-stage = 正在上场
board-next = 下一位
board-page = 第 { $page } / { $pages } 页

home-title = 竞赛
home-empty-title = 还没有竞赛
home-empty = 组织者登录后可以用规程文件新建竞赛；想先看看效果，请在命令行运行 leitai demo。
home-open = 查看榜单
