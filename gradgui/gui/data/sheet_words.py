"""The words of the sheet in which data are chosen, drawn and typed."""

from __future__ import annotations

from gradgui.text import Text

TITLE = Text(en="Choose and change data", zh="选择和修改数据")
SHORT_TITLE = Text(en="Data", zh="数据")
BUTTON = Text(en="Data: {name}", zh="数据：{name}")
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

TOOLS = Text(en="What the mouse does", zh="鼠标的作用")
BRUSH, MOVE, ERASE = Text(en="Brush", zh="画笔"), Text(en="Move", zh="移动"), Text(en="Erase", zh="橡皮")
BRUSH_CLASS = Text(en="Draw points of class {number}", zh="画第 {number} 类的点")
NEW_CLASS = Text(en="Draw points of a new class, {number}", zh="画一个新类别（第 {number} 类）的点")
HEIGHT = Text(en="value y", zh="数值 y")
AS_TEST = Text(en="for testing", zh="作为测试点")
CLEAR = Text(en="Clear", zh="清空")
CLEARED = Text(
    en="Empty paper. The points in force stay until you draw the first new one.",
    zh="白纸一张。画下第一个新点之前，原来的点仍然有效。",
)
DRAW_HINT = Text(
    en="Drag to draw; the right button erases. Each stroke is one step of undo.",
    zh="按住左键拖动画点，右键擦除；每一笔都可以撤销。",
)
MOVE_HINT = Text(
    en="Drag a point to another place. Each move is one step of undo.",
    zh="按住一个点，把它拖到别处；每一次移动都可以撤销。",
)
ERASE_HINT = Text(
    en="Drag over points to erase them. Each stroke is one step of undo.",
    zh="按住左键拖过哪些点，就擦除哪些点；每一笔都可以撤销。",
)
KEEP_ONE = Text(en="Keep at least one training point.", zh="至少要留下一个训练点。")
CANNOT_DRAW = Text(
    en="Points can be drawn where there are one or two inputs. These data have more, so begin with:",
    zh="只有一个或两个输入的数据才能画出来。现在的数据输入更多，可以先选一种：",
)
START_CLASSES = Text(en="Two classes on a plane", zh="平面上的两类点")
START_CURVE = Text(en="A curve of one input", zh="一个输入的曲线")
DO_DRAW, DO_MOVE = Text(en="draw points", zh="画点"), Text(en="move a point", zh="移动点")
DO_ERASE = Text(en="erase points", zh="擦除点")

ADD_ROW, DROP_ROW = Text(en="Add row", zh="加一行"), Text(en="Delete rows", zh="删除行")
ADD_INPUT, ADD_ANSWER = Text(en="Add input", zh="加输入列"), Text(en="Add answer", zh="加答案列")
DROP_COLUMN = Text(en="Delete column", zh="删除列")
TEST_COLUMN = Text(en="test", zh="测试")
NEW_ROW = Text(en="new", zh="新行")
TABLE_HINT = Text(
    en="Type into a cell, or paste from a spreadsheet. Rows count once all their cells are numbers.",
    zh="在单元格里输入，或从电子表格粘贴。一行的单元格都填上数后，这一行才算数。",
)
NOT_A_CELL = Text(
    en="Row {row}, {column}: “{typed}” is not a number yet.", zh="第 {row} 行 {column}：“{typed}”还不是一个数。"
)
NO_WHOLE_ROW = Text(
    en="No training row is whole yet; the old data stay in force.", zh="还没有完整的训练行，原来的数据仍然有效。"
)
TWIN_NAMES = Text(en="Two inputs cannot have the same name.", zh="两个输入不能同名。")
TOO_LARGE = Text(
    en="{rows} rows with {columns} columns are too many to be typed. Begin with a small table:",
    zh="{rows} 行 {columns} 列，不适合手工填写。可以先建一个小表格：",
)
START_TABLE = Text(en="A table of three rows", zh="三行的小表格")
DO_TABLE = Text(en="edit the table", zh="修改表格")
RENAME = Text(en="Name of this input", zh="这个输入的名称")

PAD = Text(en="Drawing pad", zh="画板")
PAD_HINT = Text(en="Draw a digit here; the right button erases.", zh="在这里写一个数字，右键擦除。")
FREE, PIXELS, PEN = Text(en="Free", zh="自由画"), Text(en="Pixels", zh="逐像素"), Text(en="Pen", zh="笔")
FIT = Text(en="fill the frame", zh="撑满画框")
FIT_TIP = Text(
    en="Move and stretch the drawing as the pictures of the data set were", zh="像数据集里的图片一样，把画移正并放大"
)
SEEN = Text(en="what the network sees", zh="网络看到的")
NO_ANSWER = Text(en="Nothing is drawn yet", zh="还没有画")
BEST = Text(en="The network says {name}, {share} %", zh="网络的回答：{name}，{share} %")
WHICH_CLASS = Text(en="Which pictures", zh="看哪些图片")
ALL_CLASSES = Text(en="all classes", zh="所有类别")
ONLY_WRONG = Text(en="only mistakes", zh="只看答错的")
ALL_PICTURES = Text(en="Training pictures; Enter chooses one to be traced", zh="训练图片；按回车选一张来追踪")
MISTAKEN = Text(en="{wrong} of {all} answered wrongly", zh="{all} 张中答错 {wrong} 张")
NO_PICTURES = Text(
    en="These data are no pictures. With the handwritten digits you can draw your own and let the network read it.",
    zh="现在的数据不是图片。换成手写数字，就可以自己写一个，让网络来认。",
)
GET_DIGITS = Text(en="Take the handwritten digits", zh="换成手写数字")
COMES_LATER = Text(
    en="Sample {sample} is in the batch of step {step}. Choose it again to train on to there.",
    zh="样本 {sample} 在第 {step} 步的批次里。再选一次，就训练到那里。",
)

IN_UNITS = Text(en="In the units of the file:", zh="换算成文件里的单位：")
SCALED = Text(
    en="Every column was brought to mean 0 and spread 1 for the network.",
    zh="交给网络之前，每一列都变成均值 0、幅度 1。",
)

BATCH = Text(en="batch {batch}/{count}", zh="批次 {batch}/{count}")
BATCH_BACK, BATCH_ON = Text(en="The batch before", zh="上一个批次"), Text(en="The next batch", zh="下一个批次")
BATCH_TYPE = Text(en="Go to a batch of this epoch", zh="跳到这个 epoch 的某个批次")
BATCH_WHICH = Text(en="Batch, from 1 to {count}", zh="批次（1 到 {count}）")
