# 命令行

command-ok = { $file }：通过（{ $title }）
command-unreadable = { $file }：无法读取：{ $reason }
