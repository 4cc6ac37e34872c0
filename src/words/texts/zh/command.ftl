# 命令行

command-ok = { $file }：通过（{ $title }）
command-unreadable = { $file }：无法读取：{ $reason }
command-bank-wrong = { $file }：题库有 { $count } 处问题，没有核对数量。请先导入核对。
