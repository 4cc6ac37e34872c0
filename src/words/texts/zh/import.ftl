# What an uploaded table is, when it cannot be read.
sheet-empty = 文件是空的。请核对后重新上传。
sheet-too-large = 文件超过 { $most } MB。请只保留名单所在的工作表后重新上传。
sheet-unpacks = 文件解压后超过允许的大小（{ $most } MB），没有读取。请把名单复制到一个新的工作簿后重新上传。
sheet-rows = 表中超过 { $most } 行。请分成几个文件上传。
sheet-columns = 表中超过 { $most } 列。请删除多余的列后重新上传。
sheet-protected = 文件有密码保护。请在 Excel 中取消密码后重新上传。
sheet-web-page = 这是扩展名为 .xls 的网页文件。请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后重新上传。
sheet-not-a-table = 这不是 Excel 工作簿，也不是 CSV 文件。请上传 .xlsx、.xls 或 .csv 文件。
sheet-encoding = 文件的文字编码既不是 UTF-8 也不是 GB18030。请用 Excel 打开，另存为“CSV UTF-8”后重新上传。
sheet-damaged = 文件已损坏或不完整，没有导入任何数据。请用 Excel 打开并重新保存，再上传。

# What is wrong with a row.
import-at-cell = 第 { $row } 行，“{ $title }”（{ $letters } 列）：{ $fact }
import-at-row = 第 { $row } 行：{ $fact }
import-or = 、
import-no-header = 没有找到表头。表中应有一行列标题，至少包含“姓名”。可以下载模板填写。
import-no-rows = 表头下面没有数据。
import-column-twice = 与 { $other } 列含义相同。请只保留一列。
import-column-ignored = 不认识这一列，没有读取。
import-missing = 没有填写。
import-entrant-twice = 编号“{ $text }”在第 { $row } 行已经用过。请改成不同的编号。
import-zeros = 这一列有的编号存为数字（如 { $text }），前面的 0 可能已经丢失。请核对；可把整列设为“文本”格式后重填。
import-digits-lost = 数字太长，Excel 已丢失末尾几位。请把单元格设为“文本”格式后重填。
import-broken-cell = 单元格内容有误（如 #N/A）。请改正后重新上传。
import-too-long = 超过 { $most } 个字。请核对；CSV 文件中是否多了一个引号？
import-invisible = 含有看不见的字符 { $code }。请删除后重新输入这一格。
import-private-use = 含有造字（{ $code }），别的电脑上显示和打印不出来。请改用标准汉字。
import-entrant-number = “{ $text }”不能作编号。编号只能用文字、数字和 - _ .
import-number = “{ $text }”不是数字。请只填数字。
import-number-perhaps = “{ $text }”不是数字。请只填数字，不带单位，例如 { $perhaps }。
import-date = “{ $text }”不是日期。请写成 1991-05-04 的样子。
import-gender = “{ $text }”不是性别。请填“男”或“女”。
import-yes-or-no = “{ $text }”不明确。请填“是”或“否”。
import-unit-unknown = 单位“{ $text }”不在单位树中。请先添加单位，或改正名称。
import-unit-near = 单位“{ $text }”不在单位树中。是不是：{ $near }？
import-unit-ambiguous = 有几个单位叫“{ $text }”。请写出上级单位，例如：{ $near }。
import-event = 没有名为“{ $text }”的工种或赛项。可填：{ $known }。
import-group = 没有名为“{ $text }”的组别。可填：{ $known }。
import-undecided = 资料不全，不能判断是否符合“{ $title }”，按不符合处理。
import-same-name = 与第 { $row } 行同单位同姓名。请核对是否重复报名。
import-merged = { $range } 是合并单元格，只有左上角的一格有内容。请核对这些行。
import-hidden-row = 这一行在文件中是隐藏的，已照常读取。
import-hidden-sheet = 隐藏的工作表“{ $name }”没有读取。
import-further-sheet = 工作表“{ $name }”也像是名单，没有读取；一次只读取一个工作表。

# The template to fill in.
template-sheet = 名单
template-help = 填表说明
template-lists = 选项
template-fill = 在“名单”工作表中每名选手填一行，带 * 的列必须填写。示例行请删除。
template-entrant = 编号：文字、数字和 - _ .，不能重复。留空整列则自动编号。
template-unit = 单位：从下拉列表中选，或写出完整路径，用 / 分隔。
template-birth-date = 出生日期：写成 1991-05-04 的样子。
template-quota = 不占名额：填“是”的选手参加排名，不占奖项名额。
template-yes = 是
template-no = 否
template-man = 男
template-woman = 女
template-example-name = 王芳（示例）
column-entrant = 编号
column-number = 工号
column-name = 姓名
column-unit = 单位
column-team = 代表队
column-event = 赛项
column-group = 组别
column-station = 工位
column-birth-date = 出生日期
column-gender = 性别
column-quota = 不占名额
column-phone = 手机

# Lists as spreadsheets.
list-award = 奖项
list-proposals = 拟推荐名单
list-entrants = 选手名单
list-basis = 推荐依据
