# 榜单
board-rank = 名次
board-rows = 显示前 { $count } 名
