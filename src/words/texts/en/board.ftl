# Boards
board-rank = Rank
board-rows = The first { $count } are shown
