# 榜单
board-rank = 名次
