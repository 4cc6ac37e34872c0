# Kinds of items, difficulties, keys.
item-kind-single = 单选题
item-kind-multiple = 多选题
item-kind-true-false = 判断题
item-kind-fill-in = 填空题
item-kind-number = 数值题
item-kind-ordering = 排序题
item-kind-matching = 匹配题
item-kind-find-fix = 查找改错题
item-kind-hazards = 隐患识别题
item-easy = 易
item-medium = 中
item-hard = 难
item-true = 对
item-false = 错

# What keeps an item from being asked.
item-stem-missing = 没有题干。请填写。
item-too-few-options = 选项太少。至少要 { $least } 个。
item-too-many-options = 选项太多。最多 { $most } 个。
item-option-empty = 选项 { $option } 是空的，后面却还有选项。请填写或把后面的选项前移。
item-option-twice = “{ $text }”出现了两次。请改成不同的内容。
item-key-out-of-range = 答案是 { $option }，但没有这个选项。请改正答案或补上选项。
item-key-missing = 没有答案。请填写。
item-key-not-an-order = 答案应把每个选项各写一次，例如 BDAC。
item-bounds-crossed = 下限大于上限。请写成“小~大”。
item-fault-misplaced = 第 { $part } 处错误不在原文中，或与另一处重叠。请核对。
item-fault-changes-nothing = 第 { $part } 处改正后与原文相同。请写出正确的词。
item-picture-missing = 没有图片。请填写图片的文件名。
item-description-missing = 没有文字说明。请在“材料”中写出图片的内容，供看不到图片的人使用。
item-region-misplaced = 第 { $part } 个区域超出图片，或没有面积。数值是占图片宽、高的百分比，0 到 100。

# What an import of items found.
items-no-header = 没有找到表头。表中应有一行列标题，至少包含“题干”和“答案”。可以下载模板填写。
items-none = 没有找到试题。
items-too-many = 超过 { $most } 道题。请分成几个文件导入。
items-text-too-large = 文本超过 { $most } MB。请分几次粘贴。
items-unknown-kind = 没有“{ $text }”这种题型。可填：单选题、多选题、判断题、填空题、数值题、排序题、匹配题、查找改错题、隐患识别题。
items-kind-unclear = 看不出题型。请写出答案，或在题目前加一行题型，例如“一、单选题”。
items-unknown-difficulty = “{ $text }”不是难度。请填：易、中、难。
items-points = 分数应大于 0，不超过 1000。
items-not-an-id = “{ $text }”不能作编号。编号只能用文字、数字和 - _ .，最多 60 个字。
items-id-twice = 编号“{ $text }”在第 { $row } 行已经用过。请改成不同的编号。
items-id-of-other-kind = 题库中编号“{ $text }”是{ $kind }。题型不能改；请换一个编号。
items-same-as-row = 与第 { $row } 行是同一道题。请删除其中一行。
items-same-as-bank = 题库中已有这道题（编号“{ $text }”）。请删除这一行；若要修改，请填上这个编号。
items-stem-as-row = 题干与第 { $row } 行相同，选项不同，已照常读取。请核对。
items-stem-as-bank = 题干与题库中“{ $text }”相同，选项不同，已照常读取。请核对。
items-key-not-letters = 答案“{ $text }”不是选项字母。请填写字母，例如 B 或 ABD。
items-key-twice = 答案中 { $text } 写了两次。请删去一个。
items-key-several = 单选题只能有一个答案，这里是“{ $text }”。请改正答案，或把题型改为多选题。
items-key-not-true-or-false = 判断题的答案“{ $text }”不明确。请填“对”或“错”。
items-key-not-a-number = “{ $text }”不是数值答案。请填写 50、50±2 或 48~52，单位写在题干里。
items-key-negative-tolerance = 误差不能小于 0。请写成 50±2 的样子。
items-key-unused = 匹配题的答案写在选项里（左边=右边），“答案”应留空。
items-options-unused = { $kind }没有选项。请清空选项，或改正题型。
items-material-unused = { $kind }不用“材料”，没有读取。
items-no-gap = 题干中没有空。请用四个下划线 ____ 表示一个空。
items-gaps-differ = 题干有 { $stem } 个空，答案有 { $key } 个。每个空的答案之间用“；”分开。
items-gap-empty = 第 { $gap } 个空的答案是空的。请填写，或删去多余的“|”。
items-pair-without-sign = 选项 { $text } 没有“=”。匹配题的选项写成“左边=右边”。
items-pair-half = 选项 { $text } 只有一边。匹配题的选项写成“左边=右边”。
items-fix-without-arrow = “{ $text }”中没有“→”。请写成“错词→正词”，几处之间用“；”分开。
items-fix-empty = “{ $text }”没有写出正确的词。请写成“错词→正词”。
items-word-not-there = “材料”中没有“{ $text }”。请写与原文一字不差的错词。
items-word-several-times = “{ $text }”在“材料”中出现 { $count } 次。请写长一些，或写成“{ $text }#2→正词”表示第 2 次。
items-no-such-occurrence = “{ $text }”在“材料”中只出现 { $count } 次，没有第 { $nth } 次。
items-fixes-overlap = 与“{ $text }”这处错误重叠。请合并成一处。
items-material-missing = 没有原文。请在“材料”中填写要改错的文字。
items-region-not-read = 看不懂区域“{ $text }”。请写成“矩形 x,y,宽,高 名称”“圆 x,y,半径 名称”或“多边形 x1,y1 x2,y2 x3,y3 名称”。
items-region-without-title = 区域“{ $text }”没有名称。请在数值后面写出隐患，例如“圆 36,61,5 未戴防护面罩”。
items-unknown-picture = 没有名为“{ $text }”的图片。请先上传这张图片，或改正文件名。
items-example-row = 模板中的示例行，没有读取。
items-loose-text = “{ $text }”不属于任何题目，没有读取。
items-gift-unclosed = 没有找到与“{"{"}”对应的“{"}"}”。请补上。
items-gift-no-answers = 没有答案。请在“{"{"}”和“{"}"}”之间写出答案。
items-gift-essay = 问答题不能自动评分，不能导入。请删除这道题。
items-gift-html = 不支持 HTML 格式的题目。请导出为纯文本。
items-gift-several-numbers = 一道数值题只能有一个答案或范围。
items-gift-nothing-right = 没有正确的选项。请在正确选项前写“=”。
items-aiken-no-answer = 没有“ANSWER:”这一行。请补上答案。
items-aiken-stray = “{ $text }”不是接下来的选项，也不是“ANSWER:”。选项应按 A. B. C. 的顺序各写一行。

# The template of a bank.
items-sheet = 题库
items-help = 填表说明
items-column-id = 编号
items-column-kind = 题型
items-column-subject = 专业
items-column-difficulty = 难度
items-column-stem = 题干
items-column-material = 材料
items-column-picture = 图片
items-column-option = 选项{ $letter }
items-column-key = 答案
items-column-points = 分数
items-column-explanation = 解析
items-help-fill = 每道题填一行，带 * 的列必须填写（匹配题的答案留空）。编号以“示例”开头的行不会导入。
items-help-id = 文字、数字和 - _ .，不能重复；留空则自动编号。编号与题库中的题相同时，修改那道题。
items-help-material = 查找改错题：要改错的文字。隐患识别题：图片内容的文字说明，不要直接说出隐患。
items-help-picture = 图片的文件名，例如 welding.svg。图片先上传到题库。
items-help-points = 试卷没有规定分数时使用；可以留空。
items-help-escape = 答案中要把“；”“|”“=”“→”“#”当作文字时，前面加反斜杠 \。
items-help-single = 一个字母，例如 B。
items-help-multiple = 几个字母，例如 ABD。
items-help-true-false = 对、错；也可以填 √、×、正确、错误、T、F。
items-help-fill-in = 题干中用 ____ 表示空。各空的答案用“；”分开，同一空的几种答案用“|”分开；最前面写“不分顺序：”表示各空可以互换。
items-help-number = 50 或 50±2 或 48~52；单位写在题干里。
items-help-ordering = 选项按任意顺序填写，答案是正确的顺序，例如 BDAC。
items-help-matching = 每个选项写成“左边=右边”，答案留空。
items-help-find-fix = 错词→正词|别的正词；错词→正词。错词要与材料一字不差；出现几次时写“错词#2→正词”表示第 2 次。
items-help-hazards = 矩形 x,y,宽,高 名称；圆 x,y,半径 名称；多边形 x1,y1 x2,y2 x3,y3 名称。数值是占图片宽、高的百分比，从左上角算起；半径占宽度的百分比。
items-example-subject = 安全
items-example-explanation = 作答结束后显示的说明。
items-example-single = 电气设备着火，在未断电前可以使用（　）灭火。
items-example-single-options = 清水/泡沫灭火器/二氧化碳灭火器/湿棉被
items-example-multiple = 发现有人触电，可以（　）。
items-example-multiple-options = 切断电源/用干燥的木棒挑开电线/用手把人拉开/用湿毛巾包手拉人
items-example-true-false = 高处作业应当系安全带。
items-example-fill-in = 燃烧的三个必要条件：可燃物、____和____。
items-example-gaps = 助燃物|氧化剂/点火源|火源
items-example-number = 成人胸外按压的频率应为每分钟多少次？
items-example-ordering = 将手提式干粉灭火器的操作步骤按先后排序。
items-example-ordering-options = 握住喷管，对准火焰根部/提起灭火器，摇动几下/压下压把喷射/拔下保险销
items-example-matching = 将安全色与含义相匹配。
items-example-pairs = 红色=禁止/黄色=警告/蓝色=指令
items-example-find-fix = 下面的规定中有几处写错了，请找出并改正。
items-example-text = 氧气瓶与乙炔瓶的间距不得小于2米。乙炔瓶应当卧放使用。
items-example-fix = 2米/5米|五米/卧放/直立|立放
items-example-hazards = 请点出图中的安全隐患。
items-example-description = 一名工人在工件台前气焊；身旁立着两个气瓶。
items-example-regions = 未戴防护面罩/两瓶间距不足

# What keeps a picture from being taken.
items-picture-name = “{ $name }”不能作图片的文件名。请只用文字、数字、空格和 - _ . ( )，最多 80 个字。
items-picture-kind = “{ $name }”不是 SVG、PNG 或 JPEG 图片，没有收下。
items-picture-other-kind = “{ $name }”的内容与扩展名不符，没有收下。请用正确的扩展名。
items-picture-large = “{ $name }”超过 { $what } KB，没有收下。请缩小后再上传。
items-picture-no-size = “{ $name }”没有写明尺寸，没有收下。SVG 需要 viewBox。
items-picture-narrow = “{ $name }”太窄或太扁，长边不能超过短边的 8 倍，没有收下。
items-picture-not-xml = “{ $name }”不是完整的 SVG，没有收下。请重新导出。
items-picture-harm = “{ $name }”里有不允许的内容：{ $what }。SVG 只能有图形和文字，不能有脚本、链接、外部图片和样式表；没有收下。
