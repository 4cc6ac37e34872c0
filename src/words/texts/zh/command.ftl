# 命令行

command-ok = { $file }：通过（{ $title }）
command-unreadable = { $file }：无法读取：{ $reason }
command-bank-wrong = { $file }：题库有 { $count } 处问题，没有核对数量。请先导入核对。
serve-no-contests = 规程文件夹 { $folder } 不存在：没有现成的规程可选，证书用程序自带的模板。要用自己的，请加 --contests 文件夹。
serve-served-already = 数据目录 { $folder } 已由另一个 leitai 提供服务。请先停止它；要多台程序同时服务，请使用 PostgreSQL（--database）。
