# Boards
board-rank = Rank
