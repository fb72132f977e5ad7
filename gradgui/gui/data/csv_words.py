"""The words of the dialog that takes over a CSV file."""

from __future__ import annotations

from gradgui.text import Text, same

TITLE = Text(en="Data from {file}", zh="来自 {file} 的数据")
NO_FILES = Text(en="No files are opened on this machine.", zh="这台机器上不打开文件。")
PICK = Text(en="Choose a data file", zh="选择数据文件")
FILES = Text(en="Tables (*.csv *.tsv *.txt);;All files (*)", zh="表格 (*.csv *.tsv *.txt);;所有文件 (*)")
ENCODING, DELIMITER = Text(en="encoding", zh="编码"), Text(en="columns parted by", zh="分隔符")
HEADER, DECIMAL = Text(en="names on top", zh="首行是列名"), Text(en="decimal sign", zh="小数点")
AUTOMATIC = Text(en="auto: {found}", zh="自动：{found}")
AUTOMATIC_ALONE = Text(en="auto", zh="自动")
NAMES = {
    "utf-8": same("UTF-8"),
    "utf-16": same("UTF-16"),
    "utf-32": same("UTF-32"),
    "gb18030": same("GB 18030"),
    ",": Text(en="comma ,", zh="逗号 ,"),
    ";": Text(en="semicolon ;", zh="分号 ;"),
    "\t": Text(en="tabulator", zh="制表符"),
    "|": Text(en="bar |", zh="竖线 |"),
    "yes": Text(en="yes", zh="是"),
    "no": Text(en="no", zh="否"),
    ".": Text(en="point .", zh="点 ."),
}
COMMA_DECIMAL = Text(en="comma ,", zh="逗号 ,")
INPUT, ANSWER, IGNORE = Text(en="input", zh="输入"), Text(en="answer", zh="答案"), Text(en="ignore", zh="忽略")
ROLE = Text(en="What this column is for", zh="这一列的用途")
NUMBERS, TEXTS = Text(en="numbers", zh="数"), Text(en="words", zh="文字")
KIND = Text(en="the answer is", zh="答案是")
AUTO_KIND, A_NUMBER, A_CLASS = (
    Text(en="auto", zh="自动"),
    Text(en="a number", zh="数"),
    Text(en="a class", zh="类别"),
)
STANDARDISE = Text(en="standardise", zh="标准化")
NONE, INPUTS, BOTH = Text(en="nothing", zh="不做"), Text(en="inputs", zh="输入"), Text(en="all numbers", zh="所有数")
STANDARDISE_TIP = Text(
    en="Bring every column around 0 with spread 1, so that none outweighs the others",
    zh="把每一列移到 0 附近、缩放到幅度 1，免得某一列压过其他列",
)
TEST = Text(en="share kept for testing", zh="留作测试的比例")
READING = Text(en="Reading the file…", zh="正在读取文件…")
FOUND = Text(
    en="Inputs: {inputs}; the answer is {answer}; {train} training and {test} test rows.",
    zh="{inputs} 个输入，答案是{answer}；训练 {train} 行，测试 {test} 行。",
)
ONE_NUMBER, SOME_NUMBERS = Text(en="a number", zh="一个数"), Text(en="{count} numbers", zh=" {count} 个数")
ONE_OF_CLASSES = Text(en="one of {count} classes", zh=" {count} 个类别之一")
WIDENED = Text(en="Words become one input of 0 and 1 for each word.", zh="文字会变成若干个 0/1 输入，每个词一个。")
NO_ANSWER = Text(en="Choose a column as the answer.", zh="请选一列作为答案。")
NO_INPUT = Text(en="Choose at least one column as an input.", zh="请至少选一列作为输入。")
ROWS = Text(en="{rows} rows, {columns} columns", zh="{rows} 行，{columns} 列")
USE, CANCEL = Text(en="Use these data", zh="使用这些数据"), Text(en="Cancel", zh="取消")
DO_IMPORT = Text(en="data from a file", zh="导入数据文件")
