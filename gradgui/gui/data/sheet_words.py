"""The words of the sheet in which data are chosen, drawn and typed."""

from __future__ import annotations

from gradgui.text import Text

TITLE = Text(en="Choose and change data", zh="选择和修改数据")
BUTTON = Text(en="Data: {name}", zh="数据：{name}")
CLOSE = Text(en="Close", zh="关闭")
PAGES = Text(en="Ways to get data", zh="获得数据的方式")
SETS, DRAW = Text(en="Data sets", zh="数据集"), Text(en="Draw points", zh="画点")
TABLE, DIGITS = Text(en="Table", zh="表格"), Text(en="Pictures", zh="图片")

GROUPS = {
    "classes": Text(en="Which class is it?", zh="分成哪一类？"),
    "numbers": Text(en="Which number is it?", zh="等于多少？"),
    "real": Text(en="Real data, and your own", zh="真实数据与自己的数据"),
}
FEATURES = Text(en="What the network is shown", zh="给网络看哪些特征")
ALL_PIXELS = Text(en="All {count} inputs are shown to the network.", zh="全部 {count} 个输入都交给网络。")
AGAIN = Text(en="Draw again", zh="重新抽取")
AGAIN_TIP = Text(en="The same kind of points, drawn anew with the next seed", zh="用下一个随机种子重新抽取同类的点")
PERCENT = Text(en="%", zh="%")
DRAWN_BY_HAND = Text(en="These points are your own.", zh="这些点是你自己画的。")
TYPED_BY_HAND = Text(en="These rows are typed by hand.", zh="这些行是手工输入的。")
DRAW_THEM = Text(en="Draw and move points", zh="画点、移点")
TYPE_THEM = Text(en="Edit the table", zh="编辑表格")
LOOK_AT_THEM = Text(en="Look at the pictures", zh="查看图片")
FROM_FILE = Text(en="From {file}.", zh="来自 {file}。")
IMPORT = Text(en="Columns and format…", zh="列与格式…")
OTHER_FILE = Text(en="Another file…", zh="换一个文件…")
